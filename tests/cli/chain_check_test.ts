import { assertEquals } from "@std/assert";
import type { AnyRecord } from "../../src/audit/audit.ts";
import { ChainCheck } from "../../src/cli/chain_check.ts";
import type { ErrorRecord } from "../../src/net/errors.ts";
import { auditOf, failedPeerOf, peerOf } from "../support/records.ts";

/** A peer that was connected to, and how it ended. */
function ended(code: ErrorRecord["code"], phase: ErrorRecord["phase"], bytesrecv: number): AnyRecord {
  return { ...failedPeerOf(), connect_ms: 1, bytesrecv, error: { code, phase, message: "" } };
}

const CLOSED = ended("connection_closed", "version", 0);
const NO_SESSION = ended("timeout", "transport", 1000);
const STRAY = ended("wrong_network", "version", 126);

function warningOf(...records: readonly AnyRecord[]): string | null {
  const check = new ChainCheck();
  for (const record of records) check.add(record);
  return check.warning("mainnet");
}

Deno.test("ChainCheck warns when every peer that was connected to may be of another chain", () => {
  assertEquals(
    warningOf(CLOSED, NO_SESSION, STRAY, failedPeerOf("connection_refused"), auditOf()),
    "all 3 peers that we connected to behaved like nodes of another chain: is --chain mainnet right?",
  );
  assertEquals(
    warningOf(CLOSED),
    "the only peer that we connected to behaved like a node of another chain: is --chain mainnet right?",
  );
});

Deno.test("ChainCheck is silent when one peer was otherwise, and when none was connected to", () => {
  for (const other of [peerOf(), ended("timeout", "version", 0), ended("connection_closed", "version", 24)]) {
    assertEquals(warningOf(CLOSED, other, CLOSED), null);
  }
  assertEquals(warningOf(), null);
  assertEquals(warningOf(failedPeerOf("connection_refused"), failedPeerOf()), null);
});
