import { assertEquals } from "@std/assert";
import { clearStatus } from "../../src/cli/output.ts";
import { Progress, progressLine } from "../../src/cli/progress.ts";
import { replaced } from "../support/replaced.ts";

const PROGRESS = {
  peers: 40,
  success: 20,
  failure: 5,
  unresolved: 0,
  inFlight: 15,
  held: 0,
  reading: false,
  preparing: false,
  timeLeft: 4321,
  estimated: false,
};

Deno.test("progressLine() says what is done, how, what is in flight and how long it can take", () => {
  assertEquals(
    progressLine(PROGRESS, 79),
    "25/40 done, 20 succeeded, 5 failed, 15 in flight, at most 4.3 s left",
  );
});

Deno.test("progressLine() says how many connections are held open, if any is", () => {
  assertEquals(
    progressLine({ ...PROGRESS, held: 1 }, 89),
    "25/40 done, 20 succeeded, 5 failed, 15 in flight, 1 held open, at most 4.3 s left",
  );
});

Deno.test("progressLine() says about how long it takes when that is an estimate", () => {
  assertEquals(progressLine({ ...PROGRESS, estimated: true }, 30), "25/40 done, about 4.3 s left");
});

Deno.test("progressLine() says that more targets may come, for then nobody knows how long it takes", () => {
  assertEquals(
    progressLine({ ...PROGRESS, reading: true }, 79),
    "25/40 done, 20 succeeded, 5 failed, 15 in flight, more targets to come",
  );
});

Deno.test("progressLine() says that an I2P router takes its time, which no timeout bounds", () => {
  assertEquals(
    progressLine({ ...PROGRESS, inFlight: 0, preparing: true }, 79),
    "25/40 done, 20 succeeded, 5 failed, 0 in flight, waiting for the I2P router",
  );
});

Deno.test("progressLine() says less if there is less room, and never truncates", () => {
  const many = {
    ...PROGRESS,
    peers: 20_000,
    success: 5000,
    failure: 7345,
    inFlight: 512,
    timeLeft: 123_400,
  };
  const lines = [120, 79, 39, 20, 5].map((width) => progressLine(many, width));
  assertEquals(lines, [
    "12345/20000 done, 5000 succeeded, 7345 failed, 512 in flight, at most 123.4 s left",
    "12345/20000 done, 5000 succeeded, 7345 failed, at most 123.4 s left",
    "12345/20000 done, at most 123.4 s left",
    "12345/20000 done",
    "",
  ]);
});

const CRAWL_PROGRESS = {
  ...PROGRESS,
  known: 81_234,
  success: 9120,
  waiting: { ipv4: 0, ipv6: 0, onion: 3000, i2p: 412, cjdns: 0 },
  inFlight: 64,
  pace: 380.4,
  timeLeft: 704_000,
  estimated: true,
};

Deno.test("progressLine() says of a crawl what it knows, what is reachable, what is left to dial, and how fast it goes", () => {
  const lines = [120, 79, 72, 60, 40, 20, 5].map((width) => progressLine(CRAWL_PROGRESS, width));
  assertEquals(lines, [
    "81234 known, 9120 reachable, 3412 to dial (onion 3000, i2p 412), 64 in flight, 380/s, about 12 min left",
    "81234 known, 9120 reachable, 3412 to dial, 380/s, about 12 min left",
    "81234 known, 9120 reachable, 3412 to dial, 380/s, about 12 min left",
    "81234 known, 9120 reachable, 3412 to dial, about 12 min left",
    "9120 reachable, about 12 min left",
    "9120 reachable",
    "",
  ]);
});

Deno.test("progressLine() tells the networks of a crawl apart if there is something to dial in more than one", () => {
  const lineOf = (waiting: Partial<typeof CRAWL_PROGRESS.waiting>) =>
    progressLine({ ...CRAWL_PROGRESS, waiting: { ...CRAWL_PROGRESS.waiting, onion: 0, i2p: 0, ...waiting } }, 120);
  assertEquals(/to dial.*flight/.exec(lineOf({ onion: 1 }))?.[0], "to dial, 64 in flight");
  assertEquals(
    /\d+ to dial.*flight/.exec(lineOf({ onion: 1, cjdns: 1 }))?.[0],
    "2 to dial (onion 1, cjdns 1), 64 in flight",
  );
});

Deno.test("progressLine() shows of a crawl a slow pace in tenths, and a long time in minutes or hours", () => {
  const line = (fields: Partial<typeof CRAWL_PROGRESS>) => progressLine({ ...CRAWL_PROGRESS, ...fields }, 79);
  const paces = [1.44, 9.6, 10].map((pace) => / ([\d.]+\/s),/.exec(line({ pace }))?.[1]);
  assertEquals(paces, ["1.4/s", "9.6/s", "10/s"]);
  const times = [0, 98_500, 99_001, 5_940_000, 5_940_001, 7_200_000, 7_200_001].map((timeLeft) =>
    /about (.*) left/.exec(line({ timeLeft }))?.[1]
  );
  assertEquals(times, ["0 s", "99 s", "2 min", "99 min", "2 h", "2 h", "3 h"]);
  assertEquals(line({ timeLeft: Infinity }).endsWith(", no estimate yet"), true);
  assertEquals(line({ reading: true }).endsWith(", more targets to come"), true);
});

Deno.test("Progress shows a line at each interval while there is something to say, and leaves none behind", () => {
  const written: string[] = [];
  const cleared: unknown[] = [];
  let tick = () => {};
  const line = progressLine(PROGRESS, 200);
  let columns = line.length + 1;
  let current: typeof PROGRESS | null = PROGRESS;
  using _timers = replaced<{ setInterval: unknown; clearInterval: unknown }>(globalThis, {
    setInterval: (callback: () => void) => (tick = callback, 7),
    clearInterval: (timer: unknown) => cleared.push(timer),
  });
  using _stderr = replaced(Deno.stderr, {
    writeSync: (bytes) => (written.push(new TextDecoder().decode(bytes)), bytes.length),
    isTerminal: () => true,
  });
  using _size = replaced(Deno, { consoleSize: () => ({ columns, rows: 24 }) });
  {
    using _line = new Progress(() => current);
    tick();
    clearStatus();
    current = null;
    tick();
    current = PROGRESS;
    columns = line.length;
    tick();
  }
  const clear = "\r\x1b[K";
  // The last column stays free.
  assertEquals(written, [`${clear}${line}`, clear, `${clear}${progressLine(PROGRESS, line.length - 1)}`, clear]);
  assertEquals(cleared, [7]);
});
