import { assertEquals, assertMatch } from "@std/assert";
import { createLogger } from "../../src/cli/log.ts";

Deno.test("createLogger() writes whole lines: time, level, program, message", () => {
  const lines: string[] = [];
  const log = createLogger("INFO", (line) => lines.push(line));
  log.info("Handshake Success Count: 6");
  log.error("no");
  assertMatch(
    lines[0] ?? "",
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z {2}INFO bitcoin-p2p-handshake: Handshake Success Count: 6\n$/,
  );
  assertMatch(lines[1] ?? "", /Z ERROR bitcoin-p2p-handshake: no\n$/);
});

Deno.test("createLogger() leaves out what is below its level", () => {
  const lines: string[] = [];
  const log = createLogger("WARN", (line) => lines.push(line));
  log.debug("a");
  log.info("b");
  log.warn("c");
  assertEquals(lines.length, 1);
});

Deno.test("createLogger() colours the level, and only when asked", () => {
  const lines: string[] = [];
  createLogger("INFO", (line) => lines.push(line), true).warn("a");
  createLogger("INFO", (line) => lines.push(line)).warn("a");
  assertEquals(lines.map((line) => line.includes("\x1b[33m WARN\x1b[0m")), [true, false]);
  assertEquals(lines[1]?.includes("\x1b"), false);
});

Deno.test("createLogger() keeps a message on its line, whatever is in it", () => {
  const lines: string[] = [];
  createLogger("INFO", (line) => lines.push(line)).info("a\nb\x9b2J\u202ec");
  assertMatch(lines.join(""), / bitcoin-p2p-handshake: a\\x0ab\\x9b2J\\u\{202e\}c\n$/);
});
