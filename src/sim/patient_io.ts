/**
 * An {@linkcode Io} for simulations, which share the machine and the process with the program under test.
 *
 * @module
 */

import type { Connection, Io } from "../net/io.ts";

/** How often to check whether something happened, in milliseconds. */
const STEP = 10;

/**
 * The same {@linkcode Io}, but its timers only count time during which nothing comes from the network. So nothing times
 * out just because the machine is busy, and a simulation has the same outcome everywhere.
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
            // A timer set late in a long turn of the event loop may be due at its end.
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
