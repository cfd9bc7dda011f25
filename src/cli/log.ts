/**
 * Log lines in the shape of the Rust proof of concept's: time, level, program, message. The only user of `@std/log`.
 *
 * @module
 */

import { BaseHandler } from "@std/log/base-handler";
import type { LevelName } from "@std/log/levels";
import { Logger, type LogRecord } from "@std/log/logger";
import { escapeText } from "../wire/escape.ts";

const NAME = "bitcoin-p2p-handshake";

const LEVEL_WIDTH = 5;

const COLORS: { readonly [level: string]: string } = {
  DEBUG: "\x1b[34m",
  INFO: "\x1b[32m",
  WARN: "\x1b[33m",
  ERROR: "\x1b[31m",
};

export type { Logger };

/**
 * A logger that passes each line, with its newline, to `write`; with `color`, the level is coloured. Messages are
 * escaped, so that each stays on its line.
 */
export function createLogger(level: LevelName, write: (line: string) => void, color: boolean = false): Logger {
  const formatter = ({ datetime, levelName, msg }: LogRecord): string => {
    const padded = levelName.padStart(LEVEL_WIDTH);
    const shown = color ? `${COLORS[levelName] ?? ""}${padded}\x1b[0m` : padded;
    return `${datetime.toISOString()} ${shown} ${NAME}: ${escapeText(msg)}`;
  };
  return new Logger(NAME, level, { handlers: [new LineHandler(level, write, formatter)] });
}

class LineHandler extends BaseHandler {
  readonly #write: (line: string) => void;

  constructor(level: LevelName, write: (line: string) => void, formatter: (record: LogRecord) => string) {
    super(level, { formatter });
    this.#write = write;
  }

  override log(message: string): void {
    this.#write(`${message}\n`);
  }
}
