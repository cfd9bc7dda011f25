import { assertEquals } from "@std/assert";
import type { HandshakeOutcome } from "../../src/net/outcome.ts";
import { peerRecord, seedRecord } from "../../src/scan/record.ts";
import { versionMessage } from "../support/messages.ts";

const OUTCOME: HandshakeOutcome = {
  transport: "v1",
  sessionId: null,
  v2Fallback: false,
  error: null,
  version: versionMessage(),
  timeOffset: -3,
  verack: true,
  messageTypes: ["version", "verack"],
  connectTime: 11.249,
  handshakeTime: 83.35,
  bytesSent: 163,
  bytesReceived: 198,
};

const RECORD = {
  type: "peer",
  target: "seed.example",
  addr: "192.0.2.7:8333",
  network: "ipv4",
  success: true,
  transport_protocol_type: "v1",
  session_id: null,
  v2_fallback: false,
  version: 70016,
  services: "0000000000000c09",
  servicesnames: ["NETWORK", "WITNESS", "NETWORK_LIMITED", "P2P_V2"],
  subver: "/test:1.0/",
  startingheight: 940_000,
  relaytxes: true,
  timeoffset: -3,
  addrlocal: "198.51.100.7:8333",
  verack: true,
  messages: ["version", "verack"],
  connect_ms: 11.2,
  handshake_ms: 83.4,
  bytessent: 163,
  bytesrecv: 198,
  error: null,
} as const;

const ADDRESS = { ip: "192.0.2.7", port: 8333 };

Deno.test("peerRecord() has the keys of the contract, in their order", () => {
  const record = peerRecord("seed.example", ADDRESS, OUTCOME);
  assertEquals(record, RECORD);
  assertEquals(Object.keys(record), Object.keys(RECORD));
});

Deno.test("peerRecord() keeps every key, as null, when nothing came", () => {
  const error = { code: "timeout", phase: "connect", message: "no connection within 10 s" } as const;
  const nothing = { version: null, timeOffset: null, verack: false, messageTypes: [], connectTime: null };
  const record = peerRecord("seed.example", { ip: "2001:db8::1", port: 8333 }, { ...OUTCOME, ...nothing, error });
  assertEquals(Object.keys(record), Object.keys(RECORD));
  assertEquals(record, {
    ...RECORD,
    addr: "[2001:db8::1]:8333",
    network: "ipv6",
    success: false,
    version: null,
    services: null,
    servicesnames: null,
    subver: null,
    startingheight: null,
    relaytxes: null,
    timeoffset: null,
    addrlocal: null,
    verack: false,
    messages: [],
    connect_ms: null,
    error,
  });
});

Deno.test("peerRecord() shows what an old peer did not say as null, and what it said as it is", () => {
  const version = versionMessage({ userAgent: null, startHeight: null, relay: null, services: 0n });
  const { services, servicesnames, subver, startingheight, relaytxes } = peerRecord("a", ADDRESS, {
    ...OUTCOME,
    version,
  });
  assertEquals({ services, servicesnames, subver, startingheight, relaytxes }, {
    services: "0000000000000000",
    servicesnames: [],
    subver: null,
    startingheight: null,
    relaytxes: null,
  });
});

Deno.test("peerRecord() escapes the user agent, and keeps all 64 service bits", () => {
  const version = versionMessage({ userAgent: Uint8Array.of(0x1b, 0x5b, 0x5c, 0xff, 0x0a), services: 1n << 63n });
  const { subver, services, servicesnames } = peerRecord("a", ADDRESS, { ...OUTCOME, version });
  assertEquals(subver, "\\x1b[\\\\\\xff\\x0a");
  assertEquals([services, servicesnames], ["8000000000000000", ["UNKNOWN[2^63]"]]);
});

Deno.test("peerRecord() takes an unspecified address for none", () => {
  for (const [ip, addrlocal] of [["::", null], ["0.0.0.0", null], ["2001:db8::9", "[2001:db8::9]:0"]] as const) {
    const version = versionMessage({ addrRecv: { services: 0n, ip, port: 0 } });
    assertEquals(peerRecord("a", ADDRESS, { ...OUTCOME, version }).addrlocal, addrlocal);
  }
});

Deno.test("seedRecord() has the keys of the contract, in their order", () => {
  const record = seedRecord("seed.example", { addresses: ["192.0.2.7"], error: null });
  assertEquals(record, { type: "seed", target: "seed.example", addresses: ["192.0.2.7"], error: null });
  assertEquals(Object.keys(record), ["type", "target", "addresses", "error"]);
});

Deno.test("peerRecord() counts a peer without verack as a success, and shows a height of 0", () => {
  const outcome = { ...OUTCOME, verack: false, version: versionMessage({ startHeight: 0 }) };
  const { success, verack, startingheight } = peerRecord("a", ADDRESS, outcome);
  assertEquals({ success, verack, startingheight }, { success: true, verack: false, startingheight: 0 });
});

Deno.test("peerRecord() tells the transport, its session, and whether it took the place of v2", () => {
  const sessionId = "ab".repeat(32);
  const v2 = peerRecord("seed.example", { ip: "203.0.113.7", port: 8333 }, { ...OUTCOME, transport: "v2", sessionId });
  assertEquals([v2.transport_protocol_type, v2.session_id, v2.v2_fallback], ["v2", sessionId, false]);
  const v1 = peerRecord("seed.example", { ip: "203.0.113.7", port: 8333 }, { ...OUTCOME, v2Fallback: true });
  assertEquals([v1.transport_protocol_type, v1.session_id, v1.v2_fallback], ["v1", null, true]);
});
