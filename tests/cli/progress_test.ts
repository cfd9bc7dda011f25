import { assertEquals } from "@std/assert";
import { clearStatus } from "../../src/cli/output.ts";
import { Progress, progressLine } from "../../src/cli/progress.ts";

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

Deno.test("progressLine() shows of a crawl a slow pace in tenths, and a long time in minutes or hours", () => {
  const line = (fields: Partial<typeof CRAWL_PROGRESS>) => progressLine({ ...CRAWL_PROGRESS, ...fields }, 79);
  assertEquals(/ ([\d.]+\/s),/.exec(line({ pace: 1.44 }))?.[1], "1.4/s");
  const times = [0, 98_500, 99_001, 5_940_000, 5_940_001].map((timeLeft) => /about .*/.exec(line({ timeLeft }))?.[0]);
  assertEquals(times, ["about 0 s left", "about 99 s left", "about 2 min left", "about 99 min left", "about 2 h left"]);
  assertEquals(line({ timeLeft: Infinity }).endsWith(", no estimate yet"), true);
  assertEquals(line({ reading: true }).endsWith(", more targets to come"), true);
});

Deno.test("Progress shows a line at each interval while there is something to say, and leaves none behind", () => {
  const { setInterval } = globalThis;
  const { writeSync } = Deno.stderr;
  const written: string[] = [];
  let tick = () => {};
  let current: typeof PROGRESS | null = PROGRESS;
  Object.assign(globalThis, { setInterval: (callback: () => void) => (tick = callback, 0) });
  Deno.stderr.writeSync = (bytes) => (written.push(new TextDecoder().decode(bytes)), bytes.length);
  try {
    using _line = new Progress(() => current);
    tick();
    clearStatus();
    current = null;
    tick();
    current = PROGRESS;
    tick();
  } finally {
    globalThis.setInterval = setInterval;
    Deno.stderr.writeSync = writeSync;
  }
  const clear = "\r\x1b[K";
  assertEquals(written.map((text) => text.slice(0, 13)), [`${clear}25/40 don`, clear, `${clear}25/40 don`, clear]);
});
