import { assertEquals, assertThrows } from "@std/assert";
import { StartError } from "../../src/cli/errors.ts";
import { openState } from "../../src/cli/state_file.ts";
import { MAINNET, SIGNET } from "../../src/wire/chains.ts";
import { stateFile } from "../support/state.ts";

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

Deno.test("openState() says why a file cannot even be looked at", () => {
  using file = stateFile();
  Deno.writeTextFileSync(file.path, "");
  const below = () => openState(`${file.path}/state.db`, MAINNET, false, { create: false });
  assertThrows(below, StartError, "cannot use --state ");
});
