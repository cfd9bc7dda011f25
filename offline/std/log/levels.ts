/**
 * Stands in for `@std/log/levels`.
 *
 * @module
 */

/** The levels by name, each a number that grows with severity. */
export const LogLevels = { NOTSET: 0, DEBUG: 10, INFO: 20, WARN: 30, ERROR: 40, CRITICAL: 50 } as const;

/** The name of a level. */
export type LevelName = keyof typeof LogLevels;

/** A level as a number. */
export type LogLevel = typeof LogLevels[LevelName];

/** The names of the levels, least severe first. */
export const LogLevelNames: LevelName[] = ["NOTSET", "DEBUG", "INFO", "WARN", "ERROR", "CRITICAL"];

/** The number of the level with the given name; throws if there is none. */
export function getLevelByName(name: LevelName): LogLevel {
  const level: LogLevel | undefined = LogLevels[name];
  if (level === undefined) throw new Error(`Cannot find a log level: current name is ${name}`);
  return level;
}

/** The name of the given level; throws if there is none. */
export function getLevelName(level: LogLevel): LevelName {
  const name = LogLevelNames.find((candidate) => LogLevels[candidate] === level);
  if (name === undefined) throw new Error(`Cannot name a log level: current level is ${level}`);
  return name;
}
