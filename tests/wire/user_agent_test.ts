import { assertEquals, assertThrows } from "@std/assert";
import { MAX_USER_AGENT_LENGTH, USER_AGENT } from "../../src/wire/user_agent.ts";

Deno.test("MAX_USER_AGENT_LENGTH is that of Bitcoin Core", () => {
  assertEquals(MAX_USER_AGENT_LENGTH, 256);
});

Deno.test("USER_AGENT counts bytes, not characters", () => {
  USER_AGENT.check("userAgent", "é".repeat(128));
  assertThrows(() => USER_AGENT.check("userAgent", "é".repeat(129)), RangeError, "at most 256 bytes in UTF-8");
});
