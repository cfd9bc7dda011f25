/**
 * An {@linkcode Io} for simulations, which share a machine, and a process, with what they are simulated for.
 *
 * @module
 */

import type { Connection, Io } from "../net/io.ts";

/** How often to look whether something happened, in milliseconds. */
const STEP = 10;

/**
 * The same {@linkcode Io}, but what is scheduled waits for that many milliseconds in which nothing came of the network. So
 * nobody runs out of time for want of a turn on a busy machine, and a simulation ends the same way on any.
 */
export function patientIo(io: Io): Io {
  let events = 0;
  const noted = <T>(value: T): T => {
    events++;
    return value;
  };
  const noting = (connection: Connection): Connection => ({
    read: async (buffer) => noted(await connection.read(buffer)),
    write: async (bytes) => noted(await connection.write(bytes)),
    close: () => connection.close(),
  });
  const { clock } = io;
  return {
    ...io,
    clock: {
      now: () => clock.now(),
      unixTime: () => clock.unixTime(),
      schedule(callback, milliseconds) {
        let left = milliseconds;
        let cancel: () => void;
        const wait = () => {
          const [before, begin, step] = [events, clock.now(), Math.min(left, STEP)];
          cancel = clock.schedule(() => {
            // A timer that is set late in a long turn of the event loop may be due at its end.
            if (events === before) left -= Math.min(step, clock.now() - begin);
            if (left > 0) wait();
            else callback();
          }, step);
        };
        wait();
        return () => cancel();
      },
    },
    connect: async (...args) => noting(noted(await io.connect(...args))),
    resolve: async (...args) => noted(await io.resolve(...args)),
  };
}
