import { assertEquals } from "@std/assert";
import type { AnyResult } from "../../src/report/records.ts";
import { ChainCheck } from "../../src/cli/chain_check.ts";
import type { ErrorCode, ErrorPhase } from "../../src/net/errors.ts";
import { auditResultOf, failedPeerResultOf, peerResultOf } from "../support/results.ts";

/** A peer that was connected to, and how it ended. */
function ended(code: ErrorCode, phase: ErrorPhase, bytesReceived: number): AnyResult {
  return failedPeerResultOf(code, phase, { connectTime: 1, bytesReceived });
}

const CLOSED = ended("connection_closed", "version", 0);
const NO_SESSION = ended("timeout", "transport", 1000);
const STRAY = ended("wrong_network", "version", 126);

function warningOf(...results: readonly AnyResult[]): string | null {
  const check = new ChainCheck();
  for (const result of results) check.add(result);
  return check.warning("mainnet");
}

Deno.test("ChainCheck warns if every peer we connected to may be on another chain", () => {
  assertEquals(
    warningOf(CLOSED, NO_SESSION, STRAY, failedPeerResultOf("connection_refused"), auditResultOf()),
    "all 3 peers we connected to behaved like nodes on another chain: is --chain mainnet right?",
  );
  assertEquals(
    warningOf(STRAY, CLOSED),
    "all 2 peers we connected to behaved like nodes on another chain: is --chain mainnet right?",
  );
  assertEquals(
    warningOf(STRAY),
    "the only peer we connected to behaved like a node on another chain: is --chain mainnet right?",
  );
});

Deno.test("ChainCheck warns about a single peer that closed without sending anything", () => {
  assertEquals(
    warningOf(CLOSED),
    "the only peer we connected to behaved like a node on another chain: is --chain mainnet right? " +
      "A node that is full or has banned us behaves the same",
  );
});

Deno.test("ChainCheck is silent if one peer behaved otherwise, or there was no connection", () => {
  for (const other of [peerResultOf(), ended("timeout", "version", 0), ended("connection_closed", "version", 24)]) {
    assertEquals(warningOf(CLOSED, other, CLOSED), null);
  }
  assertEquals(warningOf(), null);
  assertEquals(warningOf(failedPeerResultOf("connection_refused"), failedPeerResultOf()), null);
});
