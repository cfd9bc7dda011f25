import { assertEquals } from "@std/assert";
import { ipAddress } from "../../../src/address/address.ts";
import { peerRecord } from "../../../src/report/records/peer.ts";
import { versionMessage } from "../../support/messages.ts";
import { failedPeerOf, peerOf } from "../../support/records.ts";
import { failedPeerResultOf, peerResultOf } from "../../support/results.ts";

const RECORD = peerOf({ subver: "/test:1.0/", addrlocal: "198.51.100.7:8333" });

Deno.test("peerRecord() has the keys of the contract, in their order, and times in tenths of milliseconds", () => {
  const record = peerRecord(peerResultOf());
  assertEquals(record, RECORD);
  assertEquals(Object.keys(record), Object.keys(RECORD));
});

Deno.test("peerRecord() keeps every key, as null, when nothing is known", () => {
  const record = peerRecord({ ...failedPeerResultOf(), address: ipAddress("2001:db8::1", 8333) });
  assertEquals(record, { ...failedPeerOf(), addr: "[2001:db8::1]:8333", network: "ipv6" });
  assertEquals(Object.keys(record), Object.keys(RECORD));
});

Deno.test("peerRecord() shows what an old peer did not say as null, and what it said as it is", () => {
  const version = versionMessage({ userAgent: null, startHeight: null, relay: null, services: 0n });
  const { services, servicesnames, subver, startingheight, relaytxes } = peerRecord(peerResultOf({ version }));
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
  const { subver, services, servicesnames } = peerRecord(peerResultOf({ version }));
  assertEquals(subver, "\\x1b[\\\\\\xff\\x0a");
  assertEquals([services, servicesnames], ["8000000000000000", ["UNKNOWN[2^63]"]]);
});

Deno.test("peerRecord() has null for an unspecified address", () => {
  for (const [ip, addrlocal] of [["::", null], ["0.0.0.0", null], ["2001:db8::9", "[2001:db8::9]:0"]] as const) {
    const version = versionMessage({ addrRecv: { services: 0n, ...ipAddress(ip, 0) } });
    assertEquals(peerRecord(peerResultOf({ version })).addrlocal, addrlocal);
  }
});

Deno.test("peerRecord() counts a peer without verack as a success, and shows a height of 0", () => {
  const result = peerResultOf({ verack: false, version: versionMessage({ startHeight: 0 }) });
  const { success, verack, startingheight } = peerRecord(result);
  assertEquals({ success, verack, startingheight }, { success: true, verack: false, startingheight: 0 });
});

Deno.test("peerRecord() has the transport, its session, and whether it replaced v2", () => {
  const sessionId = "ab".repeat(32);
  const v2 = peerRecord(peerResultOf({ transport: "v2", sessionId }));
  assertEquals([v2.transport_protocol_type, v2.session_id, v2.v2_fallback], ["v2", sessionId, false]);
  const v1 = peerRecord(peerResultOf({ v2Fallback: true }));
  assertEquals([v1.transport_protocol_type, v1.session_id, v1.v2_fallback], ["v1", null, true]);
});
