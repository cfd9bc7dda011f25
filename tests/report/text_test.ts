import { assertEquals } from "@std/assert";
import { textMessages } from "../../src/report/text.ts";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import { peerOf, summaryOf } from "../support/records.ts";

const PEER = peerOf({ addr: "203.0.113.7:8333", servicesnames: ["NETWORK", "WITNESS"] });

Deno.test("textMessages() has the lines of the contract", () => {
  const error = { code: "connection_refused", phase: "connect", message: "connection refused" } as const;
  assertEquals(textMessages(PEER), [
    "Handshake succeeded! peer=203.0.113.7:8333 user_agent=/Satoshi:31.0.0/ version=70016 services=NETWORK|WITNESS " +
    "height=940000 time=83ms",
  ]);
  assertEquals(textMessages({ ...PEER, success: false, error, handshake_ms: 12 }), [
    "Handshake failed with error: connection refused peer=203.0.113.7:8333 code=connection_refused phase=connect time=12ms",
  ]);
  assertEquals(textMessages({ ...PEER, verack: false }), [
    "VERACK message was not exchanged by peer peer=203.0.113.7:8333",
  ]);
  assertEquals(textMessages(summaryOf()), ["Handshake Success Count: 6", "Handshake Failure Count: 19"]);
  assertEquals(textMessages({ type: "seed", target: "seed.example", addresses: [], error: null }), []);
});

Deno.test("textMessages() says transport=v2 in every line of a peer that was spoken to in v2", () => {
  const peer: PeerRecord = { ...PEER, transport_protocol_type: "v2" };
  const error = { code: "v2_protocol_error", phase: "transport", message: "garbage" } as const;
  assertEquals(
    [peer, { ...peer, verack: false }, { ...peer, success: false, error }].flatMap((record) => textMessages(record)),
    [
      "Handshake succeeded! peer=203.0.113.7:8333 user_agent=/Satoshi:31.0.0/ version=70016 services=NETWORK|WITNESS " +
      "height=940000 transport=v2 time=83ms",
      "VERACK message was not exchanged by peer peer=203.0.113.7:8333 transport=v2",
      "Handshake failed with error: garbage peer=203.0.113.7:8333 code=v2_protocol_error phase=transport transport=v2 " +
      "time=83ms",
    ],
  );
});

Deno.test("textMessages() quotes values whose end would be ambiguous", () => {
  const cases: [subver: string, shown: string][] = [
    ["/a b:1.0/", '"/a b:1.0/"'],
    ['/a"b/', '"/a\\"b/"'],
    ["/a=b/", '"/a=b/"'],
    ["", '""'],
    ["/a\\x1bb/", "/a\\x1bb/"],
  ];
  for (const [subver, shown] of cases) {
    assertEquals(textMessages({ ...PEER, subver })[0]?.includes(` user_agent=${shown} version=`), true, subver);
  }
});

Deno.test("textMessages() leaves out what the peer did not say", () => {
  const old: PeerRecord = { ...PEER, subver: null, startingheight: null, servicesnames: [], version: 31_800 };
  assertEquals(textMessages(old), ["Handshake succeeded! peer=203.0.113.7:8333 version=31800 services=NONE time=83ms"]);
});

Deno.test("textMessages() says last why a simulated peer fails", () => {
  const error = { code: "timeout", phase: "version", message: "no version within 2 s" } as const;
  const [failed] = textMessages({ ...PEER, success: false, error }, "never says a word");
  assertEquals(failed?.endsWith(' time=83ms on_purpose="never says a word"'), true, failed);
  assertEquals(textMessages({ ...PEER, verack: false }, "closes"), [
    "VERACK message was not exchanged by peer peer=203.0.113.7:8333 on_purpose=closes",
  ]);
});
