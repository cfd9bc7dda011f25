/**
 * Handshakes in virtual time, over connections in memory.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { type Address, ipAddress } from "../../src/address/address.ts";
import { Initiator } from "../../src/net/initiator.ts";
import type { Connection, Io } from "../../src/net/io.ts";
import type { HandshakeOutcome } from "../../src/net/outcome.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { scriptedIo } from "./scripted_io.ts";

/** A peer. */
export const PEER = ipAddress("192.0.2.7", 8333);

/** The usual settings, with 5 s for a peer. */
export const SETTINGS = withDefaults({ timeout: 5000 });

/** Shakes hands over a connection; time stands still. */
export async function shakeHandsOver(connection: Connection): Promise<HandshakeOutcome> {
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  const outcome = await shakeHands(PEER, io);
  assertEquals(io.clock.timers, 0, "a timer is left");
  return outcome;
}

/** Shakes hands, and then leaves at once. */
export async function shakeHands(address: Address, io: Io, signal?: AbortSignal): Promise<HandshakeOutcome> {
  using initiator = new Initiator(SETTINGS, io, signal);
  return await initiator.shakeHands(address);
}
