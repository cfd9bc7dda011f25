import { assertEquals, assertLessOrEqual, assertMatch } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { DEFAULT_USER_AGENT, PROGRAM_VERSION } from "../../src/scan/program.ts";
import { MAX_USER_AGENT_LENGTH } from "../../src/wire/user_agent.ts";
import { ascii } from "../support/bytes.ts";

Deno.test("PROGRAM_VERSION is that of deno.json", () => {
  assertEquals(PROGRAM_VERSION, config.version);
  assertMatch(PROGRAM_VERSION, /^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/);
});

Deno.test("DEFAULT_USER_AGENT names program and version in the form of BIP 14, and fits", () => {
  assertEquals(DEFAULT_USER_AGENT, `/bitcoin-p2p-handshake:${PROGRAM_VERSION}/`);
  assertLessOrEqual(ascii(DEFAULT_USER_AGENT).length, MAX_USER_AGENT_LENGTH);
});
