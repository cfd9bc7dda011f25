import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { BaseHandler } from "@std/log/base-handler";
import { getLevelByName, getLevelName, type LevelName, type LogLevel, LogLevels } from "@std/log/levels";
import { Logger, LogRecord } from "@std/log/logger";

class Memory extends BaseHandler {
  readonly lines: string[] = [];

  override log(msg: string): void {
    this.lines.push(msg);
  }
}

const NAMES: readonly LevelName[] = ["NOTSET", "DEBUG", "INFO", "WARN", "ERROR", "CRITICAL"];

Deno.test("LogLevels are the six levels, ten apart", () => {
  assertEquals(LogLevels, { NOTSET: 0, DEBUG: 10, INFO: 20, WARN: 30, ERROR: 40, CRITICAL: 50 });
});

Deno.test("getLevelByName() and getLevelName() are each other's inverse", () => {
  for (const name of NAMES) assertEquals(getLevelName(getLevelByName(name)), name);
});

Deno.test("getLevelByName() and getLevelName() throw on a level that is not there", () => {
  assertThrows(() => getLevelByName("LOUD" as LevelName), Error, "LOUD");
  assertThrows(() => getLevelName(15 as LogLevel), Error, "15");
});

Deno.test("a record passes when it reaches the logger's and the handler's level", () => {
  for (const loggerLevel of NAMES) {
    for (const handlerLevel of NAMES) {
      const handler = new Memory(handlerLevel, { formatter: (record) => record.levelName });
      const logger = new Logger("test", loggerLevel, { handlers: [handler] });
      logger.debug("m");
      logger.info("m");
      logger.warn("m");
      logger.error("m");
      logger.critical("m");
      const least = Math.max(LogLevels[loggerLevel], LogLevels[handlerLevel], LogLevels.DEBUG);
      assertEquals(handler.lines, NAMES.filter((name) => LogLevels[name] >= least));
    }
  }
});

Deno.test("BaseHandler writes the level and the message unless told otherwise", () => {
  const handler = new Memory("DEBUG");
  new Logger("test", "DEBUG", { handlers: [handler] }).warn("text");
  assertEquals(handler.lines, ["WARN text"]);
});

Deno.test("a formatter sees the whole record", () => {
  let seen: LogRecord | undefined;
  const formatter = (record: LogRecord): string => {
    seen = record;
    return "";
  };
  const before = Date.now();
  new Logger("test", "INFO", { handlers: [new Memory("INFO", { formatter })] }).info("text", { peer: 1 }, "more");
  assert(seen instanceof LogRecord);
  assertEquals([seen.msg, seen.args, seen.level, seen.levelName], ["text", [{ peer: 1 }, "more"], 20, "INFO"]);
  assertEquals(seen.loggerName, "test");
  assert(before <= seen.datetime.getTime() && seen.datetime.getTime() <= Date.now());
});

Deno.test("a record's arguments and time cannot be changed from outside", () => {
  const record = new LogRecord({ msg: "m", args: [1], level: LogLevels.INFO, loggerName: "test" });
  const time = record.datetime.getTime();
  record.args.push(2);
  record.datetime.setTime(0);
  assertEquals([record.args, record.datetime.getTime()], [[1], time]);
});

Deno.test("Logger makes text of what is not", () => {
  const handler = new Memory("INFO", { formatter: (record) => record.msg });
  const logger = new Logger("test", "INFO", { handlers: [handler] });
  const error = new Error("broken");
  for (const value of [1, 2n, null, undefined, true, { a: "b", c: { d: 1 } }, ["x"], error]) logger.info(value);
  const texts = ["1", "2", "null", "undefined", "true", '{"a":"b","c":{"d":1}}', '{"0":"x"}', error.stack];
  assertEquals(handler.lines, texts);
});

Deno.test("Logger returns the message, and calls a function only when its level is logged", () => {
  const logger = new Logger("test", "INFO");
  const object = { a: 1 };
  assertStrictEquals(logger.info(object), object);
  assertStrictEquals(logger.debug(object), object);
  assertEquals(logger.info(() => 5), 5);
  let calls = 0;
  assertEquals(logger.debug(() => ++calls), undefined);
  assertEquals(calls, 0);
});

Deno.test("a level can be changed by number and by name", () => {
  const handler = new Memory("ERROR");
  const logger = new Logger("test", "ERROR", { handlers: [handler] });
  for (const leveled of [handler, logger]) {
    leveled.level = LogLevels.DEBUG;
    assertEquals([leveled.level, leveled.levelName], [10, "DEBUG"]);
    leveled.levelName = "WARN";
    assertEquals([leveled.level, leveled.levelName], [30, "WARN"]);
    assertThrows(() => leveled.level = 15 as LogLevel);
    assertThrows(() => leveled.levelName = "LOUD" as LevelName);
  }
  assertEquals(logger.loggerName, "test");
});

Deno.test("a handler's end is its disposal", () => {
  let ends = 0;
  class Ending extends Memory {
    override destroy(): void {
      ends++;
    }
  }
  {
    using handler = new Ending("INFO");
    handler.setup();
  }
  assertEquals(ends, 1);
});

Deno.test("handlers can be exchanged while the logger is in use", () => {
  const [first, second] = [new Memory("INFO"), new Memory("INFO")];
  const logger = new Logger("test", "INFO", { handlers: [first] });
  logger.handlers = [second, first];
  logger.info("text");
  assertEquals([first.lines, second.lines], [["INFO text"], ["INFO text"]]);
});
