/**
 * Stands in for `@std/log/base-handler`.
 *
 * @module
 */

import { getLevelByName, getLevelName, type LevelName, type LogLevel } from "./levels.ts";
import type { LogRecord } from "./logger.ts";

export type { LevelName, LogLevel, LogRecord };

/** Formats a record as a line. */
export type FormatterFunction = (logRecord: LogRecord) => string;

/** Options of a {@linkcode BaseHandler}. */
export interface BaseHandlerOptions {
  /** The formatter; by default the level's name, a space and the message. */
  formatter?: FormatterFunction;
}

/** Takes a logger's records of its own level and above, and writes them as a subclass says. */
export abstract class BaseHandler {
  #level: LogLevel;
  /** Formats the line to write. */
  formatter: FormatterFunction;

  /** A handler for records of the given level and above. */
  constructor(levelName: LevelName, options?: BaseHandlerOptions) {
    this.#level = getLevelByName(levelName);
    this.formatter = options?.formatter ?? ((record) => `${record.levelName} ${record.msg}`);
  }

  /** The lowest level that is written. */
  get level(): LogLevel {
    return this.#level;
  }

  set level(level: LogLevel) {
    this.#level = getLevelByName(getLevelName(level));
  }

  /** The name of the lowest level that is written. */
  get levelName(): LevelName {
    return getLevelName(this.#level);
  }

  set levelName(levelName: LevelName) {
    this.#level = getLevelByName(levelName);
  }

  /** Writes the record, unless it is below this handler's level. */
  handle(logRecord: LogRecord): void {
    if (logRecord.level >= this.level) this.log(this.format(logRecord));
  }

  /** The line for a record. */
  format(logRecord: LogRecord): string {
    return this.formatter(logRecord);
  }

  /** Writes a line. */
  abstract log(msg: string): void;

  /** For subclasses: begins. */
  setup(): void {}

  /** For subclasses: ends. */
  destroy(): void {}

  /** Ends, as {@linkcode destroy}. */
  [Symbol.dispose](): void {
    this.destroy();
  }
}
