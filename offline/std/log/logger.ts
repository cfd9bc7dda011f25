/**
 * Stands in for `@std/log/logger`.
 *
 * @module
 */

import type { BaseHandler } from "./base_handler.ts";
import { getLevelByName, getLevelName, type LevelName, type LogLevel, LogLevels } from "./levels.ts";

/** Any function. */
export type GenericFunction = (...args: never[]) => unknown;

/** A message, or a function that returns it. */
type Message<T> = (T extends GenericFunction ? never : T) | (() => T);

/** Options of a {@linkcode LogRecord}. */
export interface LogRecordOptions {
  /** The message as text. */
  msg: string;
  /** The further arguments of the call. */
  args: unknown[];
  /** The level of the call. */
  level: LogLevel;
  /** The name of the logger that was called. */
  loggerName: string;
}

/** One message on its way to the handlers. */
export class LogRecord {
  /** The message as text. */
  readonly msg: string;
  /** The level of the call. */
  readonly level: number;
  /** The name of that level. */
  readonly levelName: string;
  /** The name of the logger that was called. */
  readonly loggerName: string;
  readonly #args: readonly unknown[];
  readonly #time = Date.now();

  /** Makes a record with the current time. */
  constructor(options: LogRecordOptions) {
    this.msg = options.msg;
    this.level = options.level;
    this.levelName = getLevelName(options.level);
    this.loggerName = options.loggerName;
    this.#args = [...options.args];
  }

  /** A copy of the further arguments of the call. */
  get args(): unknown[] {
    return [...this.#args];
  }

  /** When the call was made. */
  get datetime(): Date {
    return new Date(this.#time);
  }
}

/** Options of a {@linkcode Logger}. */
export interface LoggerOptions {
  /** Where the records go; nowhere by default. */
  handlers?: BaseHandler[];
}

/** Makes records of the messages of its level and above, and passes them to its handlers. */
export class Logger {
  readonly #loggerName: string;
  #level: LogLevel;
  /** Where the records go. */
  handlers: BaseHandler[];

  /** A logger for messages of that level and above. */
  constructor(loggerName: string, levelName: LevelName, options: LoggerOptions = {}) {
    this.#loggerName = loggerName;
    this.#level = getLevelByName(levelName);
    this.handlers = options.handlers ?? [];
  }

  /** The lowest level that is logged. */
  get level(): LogLevel {
    return this.#level;
  }

  set level(level: LogLevel) {
    if (!Object.values(LogLevels).includes(level)) {
      throw new TypeError(`Cannot set the log level: current value is ${level}`);
    }
    this.#level = level;
  }

  /** The name of the lowest level that is logged. */
  get levelName(): LevelName {
    return getLevelName(this.#level);
  }

  set levelName(levelName: LevelName) {
    this.#level = getLevelByName(levelName);
  }

  /** The name of this logger. */
  get loggerName(): string {
    return this.#loggerName;
  }

  /** Logs a message at level DEBUG; a function is called only if that level is logged. */
  debug<T>(msg: () => T, ...args: unknown[]): T | undefined;
  /** Logs a message at level DEBUG, and returns it. */
  debug<T>(msg: T extends GenericFunction ? never : T, ...args: unknown[]): T;
  debug<T>(msg: Message<T>, ...args: unknown[]): T | undefined {
    return this.#log(LogLevels.DEBUG, msg, args);
  }

  /** Logs a message at level INFO; a function is called only if that level is logged. */
  info<T>(msg: () => T, ...args: unknown[]): T | undefined;
  /** Logs a message at level INFO, and returns it. */
  info<T>(msg: T extends GenericFunction ? never : T, ...args: unknown[]): T;
  info<T>(msg: Message<T>, ...args: unknown[]): T | undefined {
    return this.#log(LogLevels.INFO, msg, args);
  }

  /** Logs a message at level WARN; a function is called only if that level is logged. */
  warn<T>(msg: () => T, ...args: unknown[]): T | undefined;
  /** Logs a message at level WARN, and returns it. */
  warn<T>(msg: T extends GenericFunction ? never : T, ...args: unknown[]): T;
  warn<T>(msg: Message<T>, ...args: unknown[]): T | undefined {
    return this.#log(LogLevels.WARN, msg, args);
  }

  /** Logs a message at level ERROR; a function is called only if that level is logged. */
  error<T>(msg: () => T, ...args: unknown[]): T | undefined;
  /** Logs a message at level ERROR, and returns it. */
  error<T>(msg: T extends GenericFunction ? never : T, ...args: unknown[]): T;
  error<T>(msg: Message<T>, ...args: unknown[]): T | undefined {
    return this.#log(LogLevels.ERROR, msg, args);
  }

  /** Logs a message at level CRITICAL; a function is called only if that level is logged. */
  critical<T>(msg: () => T, ...args: unknown[]): T | undefined;
  /** Logs a message at level CRITICAL, and returns it. */
  critical<T>(msg: T extends GenericFunction ? never : T, ...args: unknown[]): T;
  critical<T>(msg: Message<T>, ...args: unknown[]): T | undefined {
    return this.#log(LogLevels.CRITICAL, msg, args);
  }

  #log<T>(level: LogLevel, msg: Message<T>, args: unknown[]): T | undefined {
    const isMaker = msg instanceof Function;
    if (level < this.#level) return isMaker ? undefined : msg;
    const value = isMaker ? msg() : msg;
    const record = new LogRecord({ msg: textOf(value), args, level, loggerName: this.#loggerName });
    for (const handler of this.handlers) handler.handle(record);
    return value;
  }
}

/** A message as text: an error by its stack, an object with its own properties in braces. */
function textOf(value: unknown): string {
  if (typeof value === "function") return "undefined";
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return value.stack ?? String(value);
  const properties = Object.entries(value)
    .map(([key, inner]) => `"${key}":${typeof inner === "string" ? `"${inner}"` : textOf(inner)}`);
  return `{${properties.join(",")}}`;
}
