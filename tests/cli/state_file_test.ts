import { assertEquals, assertThrows } from "@std/assert";
import { PermissionError, StartError } from "../../src/cli/errors.ts";
import { openState, stateFailure, usingState } from "../../src/cli/state_file.ts";
import { StateError } from "../../src/state/errors.ts";
import { State } from "../../src/state/state.ts";
import { CHAINS, MAINNET, SIGNET } from "../../src/wire/chains.ts";
import { replaced } from "../support/replaced.ts";
import { stateFile } from "../support/state.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

Deno.test("openState() says what to do with the file of another chain, or of a demo", () => {
  using file = stateFile();
  openState(file.path, MAINNET, true)[Symbol.dispose]();
  const remedy = "use its --chain or --signet-challenge, with --demo if it is a demo's, or another file";
  const about = (chain: string) => `it is about the demo of mainnet: expected one about ${chain}; ${remedy}`;
  assertThrows(() => openState(file.path, MAINNET, false), StartError, about("mainnet"));
  assertThrows(() => openState(file.path, SIGNET, true), StartError, about("the demo of signet"));
});

Deno.test("openState() makes no file if it is told not to", () => {
  using file = stateFile();
  assertThrows(() => openState(file.path, MAINNET, false, { create: false }), StartError, "there is no such file");
});

Deno.test("openState() leaves an empty file empty if it is told to make none", () => {
  using file = stateFile();
  Deno.writeTextFileSync(file.path, "");
  assertThrows(() => openState(file.path, MAINNET, false, { create: false }), StartError, "there is nothing in it");
  assertEquals(Deno.statSync(file.path).size, 0);
});

Deno.test("openState() opens a file with something in it if it is told to make none", () => {
  using file = stateFile();
  openState(file.path, MAINNET, false)[Symbol.dispose]();
  openState(file.path, MAINNET, false, { create: false })[Symbol.dispose]();
});

Deno.test("openState() marks the file of a demo with the inverse of the chain's magic", () => {
  for (const chain of CHAINS) {
    using file = stateFile();
    openState(file.path, chain, true)[Symbol.dispose]();
    new State(file.path, { ...chain, magic: 0xffff_ffff - chain.magic }, new VirtualClock())[Symbol.dispose]();
  }
});

/** What is said when the work throws this: the class of the error, and its message. */
function said(thrown: Error, work: (fail: () => never) => unknown): unknown {
  const fail = () => {
    throw thrown;
  };
  try {
    return work(fail);
  } catch (error) {
    return error instanceof Error ? [error.constructor, error.message] : error;
  }
}

Deno.test("openState() says why a file cannot even be looked at", () => {
  const look = (fail: () => never) => {
    using _ = replaced(Deno, { statSync: fail });
    return openState("s.db", MAINNET, false, { create: false });
  };
  assertEquals(said(new Deno.errors.PermissionDenied("Permission denied (os error 13)"), look), [
    StartError,
    "cannot use --state s.db: Permission denied (os error 13)",
  ]);
  assertEquals(said(new Deno.errors.NotCapable(), look), [
    PermissionError,
    "cannot use --state s.db: run again with --allow-read=s.db --allow-write=s.db",
  ]);
});

Deno.test("usingState() says which file cannot be used, and what to do, and leaves a bug a bug", () => {
  const use = (fail: () => never) => usingState("s.db", fail);
  const failure = "cannot use --state s.db: the reason";
  const remedy = "; use its --chain or --signet-challenge, with --demo if it is a demo's, or another file";
  assertEquals(said(new StateError("full", "the reason"), use), [StartError, failure]);
  assertEquals(said(new StateError("other_chain", "the reason"), use), [StartError, `${failure}${remedy}`]);
  assertEquals(said(new TypeError("a bug"), use), [TypeError, "a bug"]);
});

Deno.test("stateFailure() says that the crawl goes on", () => {
  assertEquals(
    stateFailure("s.db", new StateError("full", "the disk is full")),
    "cannot write --state s.db: the disk is full; the crawl goes on, but what it finds from now on is not kept",
  );
});
