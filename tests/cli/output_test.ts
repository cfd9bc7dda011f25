import { assertEquals } from "@std/assert";
import { clearStatus, OutputError, ResultWriter, showStatus, writeDiagnostic } from "../../src/cli/output.ts";
import { replaced } from "../support/replaced.ts";
import { turns } from "../support/scripted_io.ts";

/** A standard output that takes up to `most` bytes at once, each time when `ready` is resolved; and what it took. */
function standardOutput(most = Infinity, ready: Promise<void> = Promise.resolve()) {
  let taken = "";
  const stub = replaced(Deno.stdout, {
    write: async (bytes) => {
      await ready;
      const part = bytes.subarray(0, most);
      taken += new TextDecoder().decode(part);
      return part.length;
    },
  });
  return { taken: () => taken, [Symbol.dispose]: () => stub[Symbol.dispose]() };
}

Deno.test("Nothing is cleared before there is a status line", () => {
  let shown = "";
  using _ = replaced(Deno.stderr, {
    writeSync: (bytes) => {
      shown += new TextDecoder().decode(bytes);
      return bytes.length;
    },
  });
  clearStatus();
  writeDiagnostic("a warning\n");
  assertEquals(shown, "a warning\n");
});

Deno.test("OutputError says what could not be written, and why", () => {
  assertEquals(new OutputError(new Error("disk full")).message, "cannot write the results: disk full");
  assertEquals(new OutputError("no reason", "p.html").message, "cannot write p.html: no reason");
});

Deno.test("ResultWriter writes all text in order, however little standard output takes at once", async () => {
  using stdout = standardOutput(3);
  const results = new ResultWriter();
  for (const line of ["first line\n", "second line\n", "third line\n"]) results.add(line);
  assertEquals(await results.written(), null);
  results.add("fourth line\n");
  assertEquals(await results.written(), null);
  assertEquals(stdout.taken(), "first line\nsecond line\nthird line\nfourth line\n");
});

Deno.test("ResultWriter goes on after an empty text", async () => {
  using stdout = standardOutput();
  const results = new ResultWriter();
  for (const text of ["", "a line\n", ""]) results.add(text);
  assertEquals(await results.written(), null);
  results.add("another\n");
  assertEquals(await results.written(), null);
  assertEquals(stdout.taken(), "a line\nanother\n");
});

Deno.test("ResultWriter writes the first text at once, and gathers what follows unless somebody waits for it", async () => {
  const writes: string[] = [];
  using _ = replaced(Deno.stdout, {
    write: (bytes) => {
      writes.push(new TextDecoder().decode(bytes));
      return Promise.resolve(bytes.length);
    },
  });
  const pauses: PromiseWithResolvers<void>[] = [];
  const results = new ResultWriter(undefined, () => {
    const pause = Promise.withResolvers<void>();
    pauses.push(pause);
    return pause.promise;
  });
  results.add("a");
  await turns();
  for (const text of ["b", "c"]) results.add(text);
  await turns();
  assertEquals([writes, results.writing], [["a"], false]);
  pauses.at(-1)?.resolve();
  await turns();
  assertEquals(writes, ["a", "bc"]);
  results.add("d");
  assertEquals([await results.written(), writes], [null, ["a", "bc", "d"]]);
});

Deno.test("ResultWriter is full when more than 64 KiB wait to be written", async () => {
  const ready = Promise.withResolvers<void>();
  using stdout = standardOutput(Infinity, ready.promise);
  const results = new ResultWriter();
  results.add("a");
  results.add("b".repeat(64 * 1024));
  assertEquals(results.full, false);
  results.add("c");
  assertEquals(results.full, true);
  let flushed = false;
  const flushing = results.written().then(() => flushed = true);
  await turns();
  assertEquals([flushed, stdout.taken()], [false, ""]);
  ready.resolve();
  await flushing;
  assertEquals([results.full, stdout.taken().length], [false, 1 + 64 * 1024 + 1]);
});

Deno.test("ResultWriter reports once that the reader is gone or writing failed, and then writes no more", async () => {
  for (const [cause, code] of [[new Deno.errors.BrokenPipe(), "closed"], [new Error("disk full"), "failed"]] as const) {
    let writes = 0;
    let errors = 0;
    using _ = replaced(Deno.stdout, { write: () => (writes++, Promise.reject(cause)) });
    const results = new ResultWriter(() => errors++);
    results.add("a");
    const error = await results.written();
    assertEquals([error?.code, error?.cause], [code, cause]);
    results.add("b");
    assertEquals(await results.written(), error);
    assertEquals([writes, errors], [1, 1]);
  }
});

Deno.test("writeDiagnostic() writes what it can, and ignores errors", () => {
  let taken = "";
  using _ = replaced(Deno.stderr, {
    writeSync: (bytes) => {
      if (taken.length >= 6) throw new Deno.errors.BrokenPipe();
      taken += new TextDecoder().decode(bytes.subarray(0, 2));
      return 2;
    },
  });
  writeDiagnostic("warned");
  assertEquals(taken, "warned");
  writeDiagnostic("again");
  assertEquals(taken, "warned");
});

Deno.test("The status line makes room for diagnostics and results, and is cleared once", async () => {
  const clear = "\r\x1b[K";
  let shown = "";
  using _stderr = replaced(Deno.stderr, {
    writeSync: (bytes) => {
      shown += new TextDecoder().decode(bytes);
      return bytes.length;
    },
  });
  using _stdout = replaced(Deno.stdout, {
    write: (bytes) => {
      shown += new TextDecoder().decode(bytes);
      return Promise.resolve(bytes.length);
    },
  });
  const results = new ResultWriter();
  showStatus("1/3");
  showStatus("2/3");
  writeDiagnostic("a warning\n");
  writeDiagnostic("another\n");
  showStatus("3/3");
  results.add("a result\n");
  assertEquals(await results.written(), null);
  clearStatus();
  assertEquals(shown, `${clear}1/3${clear}2/3${clear}a warning\nanother\n${clear}3/3${clear}a result\n`);
});

Deno.test("ResultWriter knows whether it is writing, gathers again after it was waited for, and is not full once it failed", async () => {
  const ready = Promise.withResolvers<number>();
  const writes: number[] = [];
  using _ = replaced(Deno.stdout, {
    write: (bytes) => {
      writes.push(bytes.length);
      return writes.length === 3 ? ready.promise : Promise.resolve(bytes.length);
    },
  });
  const results = new ResultWriter(undefined, () => new Promise(() => {}));
  const states = [results.writing];
  results.add("a");
  states.push(results.writing);
  assertEquals(await results.written(), null);
  results.add("b");
  await turns();
  results.add("cd");
  await turns();
  states.push(results.writing);
  assertEquals(writes, [1, 1]);
  const written = results.written();
  await turns();
  states.push(results.writing);
  assertEquals([writes, states], [[1, 1, 2], [false, true, false, true]]);
  results.add("e".repeat(64 * 1024 + 1));
  assertEquals(results.full, true);
  ready.reject(new Error("disk full"));
  assertEquals((await written)?.code, "failed");
  assertEquals([results.full, results.writing], [false, false]);
});
