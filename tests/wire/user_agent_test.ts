import { assertEquals, assertLessOrEqual, assertMatch } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { DEFAULT_USER_AGENT, MAX_USER_AGENT_LENGTH, VERSION } from "../../src/wire/user_agent.ts";
import { ascii } from "../support/bytes.ts";

Deno.test("VERSION is that of deno.json", () => {
  assertEquals(VERSION, config.version);
  assertMatch(VERSION, /^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/);
});

Deno.test("DEFAULT_USER_AGENT names program and version in the form of BIP 14, and fits", () => {
  assertEquals(DEFAULT_USER_AGENT, `/bitcoin-p2p-handshake:${VERSION}/`);
  assertLessOrEqual(ascii(DEFAULT_USER_AGENT).length, MAX_USER_AGENT_LENGTH);
});

Deno.test("MAX_USER_AGENT_LENGTH is that of Bitcoin Core", () => {
  assertEquals(MAX_USER_AGENT_LENGTH, 256);
});
