/** A simulated peer's end of a scripted connection. */

import { type AcceptedConnection, PeerLink } from "../../src/sim/link.ts";
import { type ReadStep, ScriptedConnection } from "./scripted_io.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** A connection of which each write is kept, and takes no more than `writeSize` bytes. */
export class ScriptedAccepted extends ScriptedConnection implements AcceptedConnection {
  readonly remoteAddr = { hostname: "192.0.2.7", port: 18_333 };
  /** What was done with it but reading, in order: the bytes of each write, in hex, and the names of other calls. */
  readonly done: string[] = [];
  /** How many bytes a write takes at most. */
  writeSize = Infinity;

  override write(bytes: Uint8Array): Promise<number> {
    if (bytes.length === 0) return Promise.reject(new RangeError("nothing to write"));
    const taken = bytes.slice(0, this.writeSize);
    this.done.push(taken.toHex());
    return super.write(taken);
  }

  closeWrite(): Promise<void> {
    this.done.push("closeWrite");
    return Promise.resolve();
  }

  setNoDelay(noDelay?: boolean): void {
    this.done.push(`setNoDelay ${noDelay}`);
  }
}

/** The link of a scripted connection, in virtual time; `shutDown` is what closing its peer does. */
export function scriptedLink(...steps: readonly ReadStep[]) {
  const clock = new VirtualClock();
  const connection = new ScriptedAccepted(...steps);
  const controller = new AbortController();
  const { signal } = controller;
  return {
    link: new PeerLink(connection, clock, signal),
    connection,
    clock,
    signal,
    shutDown: () => controller.abort(),
  };
}
