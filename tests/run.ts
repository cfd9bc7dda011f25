/**
 * Runs tests: `deno task test [FILE]...`. What Deno needs to find its packages comes first, and tests are told it too, as
 * they run the program.
 *
 * @module
 */

import { Interrupt } from "../src/cli/signals.ts";

/** How many test files run side by side. They wait more than they work. */
const JOBS = "4";

const PERMISSIONS = ["--allow-net", "--allow-read", "--allow-write", "--allow-run"];

const packages = Deno.args[0] === "--import-map" ? Deno.args.slice(0, 2) : [];
const given = Deno.args.slice(packages.length);
const files = given.some((arg) => !arg.startsWith("-")) ? given : [...given, "tests"];

using interrupt = new Interrupt();
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["test", "--no-check", "--parallel", ...packages, ...PERMISSIONS, ...files, "--", ...packages],
  env: { DENO_JOBS: JOBS },
  signal: interrupt.signal,
}).spawn().status;
Deno.exit(interrupt.status ?? code);
