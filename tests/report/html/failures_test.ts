import { assertEquals, assertStringIncludes } from "@std/assert";
import { failureList } from "../../../src/report/html/failures.ts";
import type { PeerRecord } from "../../../src/report/records/peer.ts";
import { textOf } from "../../support/html.ts";
import { failedPeerOf, peerOf } from "../../support/records.ts";

const failed = (addr: string, message: string, target = "seed.example"): PeerRecord => {
  const peer = failedPeerOf();
  return { ...peer, addr, target, error: { code: "timeout", phase: "connect", message } };
};

Deno.test("Failures are listed by reason: names first, then peers, the most frequent reason first", () => {
  const name = {
    type: "seed",
    target: "none.example",
    addresses: [],
    error: { code: "dns_not_found", phase: "dns", message: "none.example has no address" },
  } as const;
  const peers = [
    { ...failedPeerOf("connection_refused"), addr: "192.0.2.9:8333", target: "192.0.2.9" },
    peerOf(),
    failed("192.0.2.1:8333", "no connection within 10 s"),
    failed("192.0.2.2:8333", "no version within 10 s"),
    failed("192.0.2.3:8333", "no version within 10 s"),
  ];
  const text = textOf(String(failureList([name], peers)));
  const expected = [
    "✗ 1 name dns_not_found none.example has no address",
    "✗ 3 peers timeout no version within 10 s 192.0.2.2:8333 (seed.example) and 192.0.2.3:8333 (seed.example)",
    "no connection within 10 s 192.0.2.1:8333 (seed.example)",
    "✗ 1 peer connection_refused no connection within 10 s 192.0.2.9:8333",
  ];
  assertEquals(text, expected.join(" "));
});

Deno.test("Of many failed peers a few are named, and of many messages the most frequent are listed", () => {
  const many = Array.from({ length: 2000 }, (_, i) => failed(`192.0.2.1:${i + 1}`, "no answer"));
  const rest = Array.from({ length: 20 }, (_, i) => failed("192.0.2.2:1", `message ${i}`));
  const text = textOf(String(failureList([], [...many, ...rest])));
  assertStringIncludes(
    text,
    "✗ 2,020 peers timeout no answer 192.0.2.1:1 (seed.example), 192.0.2.1:2 (seed.example), ",
  );
  assertStringIncludes(text, " 192.0.2.1:3 (seed.example) and 1,997 more message 0 ");
  assertEquals(text.endsWith("18 other messages"), true);
  const ends = [3, 4, 5].map((count) =>
    textOf(String(failureList([], rest.slice(0, count)))).match(/\d+ other .*/)?.[0]
  );
  assertEquals(ends, [undefined, "1 other message", "2 other messages"]);
});

Deno.test("The peers of a crawl are listed without who named them, and addresses as targets are not told twice", () => {
  const peers = [failed("192.0.2.1:8333", "no answer"), failed("192.0.2.2:8333", "no answer", "192.0.2.2")];
  assertEquals(
    textOf(String(failureList([], peers))),
    "✗ 2 peers timeout no answer 192.0.2.1:8333 (seed.example) and 192.0.2.2:8333",
  );
  assertEquals(
    textOf(String(failureList([], peers, true))),
    "✗ 2 peers timeout no answer 192.0.2.1:8333 and 192.0.2.2:8333",
  );
});

Deno.test("Names and peers are left out only where the message has all of them", () => {
  const peers = ["192.0.2.1:8333", "192.0.2.2:8333"].map((addr) => failed(addr, "192.0.2.1:8333 is full", addr));
  assertEquals(
    textOf(String(failureList([], peers))),
    "✗ 2 peers timeout 192.0.2.1:8333 is full 192.0.2.1:8333 and 192.0.2.2:8333",
  );
  assertEquals(textOf(String(failureList([], peers.slice(0, 1)))), "✗ 1 peer timeout 192.0.2.1:8333 is full");
});
