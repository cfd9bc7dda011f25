import { assertEquals, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { closeDatabase, openDatabase, transaction } from "../../src/state/database.ts";
import { StateError, type StateErrorCode } from "../../src/state/errors.ts";
import { MAINNET, SIGNET } from "../../src/wire/chains.ts";
import { stateFile } from "../support/state.ts";

/** Opens a file that has to be refused, and sees that it is as it was. */
function refuse(path: string, code: StateErrorCode, words: string, chain = MAINNET): void {
  const before = Deno.readFileSync(path);
  const error = assertThrows(() => openDatabase(path, chain), StateError, words);
  assertEquals(error.code, code);
  assertEquals(Deno.readFileSync(path), before);
}

/** A database that something else has made. */
function foreign(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

function isWritable(path: string): boolean {
  try {
    Deno.openSync(path, { write: true }).close();
    return true;
  } catch {
    return false;
  }
}

Deno.test("openDatabase() makes a file, and opens it again", () => {
  using file = stateFile();
  openDatabase(file.path, MAINNET).close();
  const database = openDatabase(file.path, MAINNET);
  assertEquals(
    database.prepare("PRAGMA integrity_check").get(),
    Object.assign(Object.create(null), { integrity_check: "ok" }),
  );
  assertEquals(database.prepare("PRAGMA journal_mode").get()?.journal_mode, "wal");
  database.close();
});

Deno.test("openDatabase() takes a path for nothing else", { ignore: Deno.build.os === "windows" }, async () => {
  using file = stateFile();
  const cwd = file.path.slice(0, -"/state.db".length);
  // No directory may come before such a name, and a URI is one only with all permissions.
  const names = [":memory:", "file:state.db"];
  const open = `
    import { openDatabase } from "${import.meta.resolve("../../src/state/database.ts")}";
    import { MAINNET } from "${import.meta.resolve("../../src/wire/chains.ts")}";
    for (const name of ${JSON.stringify(names)}) openDatabase(name, MAINNET).close();
  `;
  const { success } = await new Deno.Command(Deno.execPath(), { args: ["eval", open], cwd }).output();
  assertEquals([success, Array.from(Deno.readDirSync(cwd), ({ name }) => name).toSorted()], [true, names]);
});

Deno.test("openDatabase() takes an empty file", () => {
  using file = stateFile();
  Deno.writeTextFileSync(file.path, "");
  openDatabase(file.path, MAINNET).close();
});

Deno.test("openDatabase() refuses what is no state file, and leaves it alone", () => {
  using file = stateFile();
  for (const text of ["x", "1.2.3.4:8333\n", "SQLite format 3\0", "x".repeat(5000)]) {
    Deno.writeTextFileSync(file.path, text);
    refuse(file.path, "not_ours", "it is something else");
  }
  Deno.removeSync(file.path);
  foreign(file.path, "CREATE TABLE moz_places (id INTEGER)");
  refuse(file.path, "not_ours", "it is something else");
});

Deno.test("openDatabase() refuses a header that is not whole, or of something else than SQLite", () => {
  using file = stateFile();
  openDatabase(file.path, MAINNET).close();
  const bytes = Deno.readFileSync(file.path);
  assertEquals([...bytes.subarray(68, 72)], [0x70, 0x32, 0x70, 0]);
  Deno.writeFileSync(file.path, bytes.subarray(0, 99));
  refuse(file.path, "not_ours", "it is something else");
  bytes[0] = 0x73;
  Deno.writeFileSync(file.path, bytes);
  refuse(file.path, "not_ours", "it is something else");
});

Deno.test("openDatabase() refuses a file of a newer version", () => {
  using file = stateFile();
  openDatabase(file.path, MAINNET).close();
  foreign(file.path, "PRAGMA user_version = 2");
  refuse(file.path, "newer", "it has version 2: expected at most 1");
});

Deno.test("openDatabase() refuses a file of another chain", () => {
  using file = stateFile();
  openDatabase(file.path, MAINNET).close();
  refuse(file.path, "other_chain", "it is about mainnet: expected one about signet", SIGNET);
  openDatabase(file.path, MAINNET).close();
  Deno.removeSync(file.path);
  openDatabase(file.path, SIGNET).close();
  const ours = { ...SIGNET, magic: 1 };
  refuse(file.path, "other_chain", "it is about another signet: expected one about signet", ours);
});

Deno.test("openDatabase() refuses a file that is in use", () => {
  using file = stateFile();
  const first = openDatabase(file.path, MAINNET);
  refuse(file.path, "in_use", "another process uses it");
  first.close();
  openDatabase(file.path, MAINNET).close();
});

Deno.test("openDatabase() refuses a damaged file", () => {
  using file = stateFile();
  openDatabase(file.path, MAINNET).close();
  const bytes = Deno.readFileSync(file.path);
  bytes.fill(0xff, 100, 4096);
  Deno.writeFileSync(file.path, bytes);
  refuse(file.path, "damaged", "it is damaged");
});

Deno.test("openDatabase() refuses a directory, and a file in none", () => {
  using file = stateFile();
  Deno.mkdirSync(file.path);
  for (const path of [file.path, `${file.path}/none/state.db`]) {
    const error = assertThrows(() => openDatabase(path, MAINNET), StateError);
    assertEquals(error.code, "unwritable");
  }
  const { message, cause } = assertThrows(() => openDatabase(file.path, MAINNET), StateError);
  assertEquals(message, cause instanceof Error ? cause.message : "");
});

Deno.test(
  "openDatabase() refuses a file that can be read but not written",
  { ignore: Deno.build.os !== "linux" || isWritable(Deno.execPath()) },
  () => {
    // Where the system sees to it, not even root may write a program that runs.
    const error = assertThrows(() => openDatabase(Deno.execPath(), MAINNET), StateError);
    assertEquals(error.code, "unwritable");
  },
);

Deno.test("openDatabase() passes on that there is no permission", { permissions: "none" }, () => {
  assertThrows(() => openDatabase("state.db", MAINNET), Deno.errors.NotCapable);
});

Deno.test("transaction() does all or nothing", () => {
  using file = stateFile();
  const database = openDatabase(file.path, MAINNET);
  const insert = () => database.exec("INSERT INTO run (id, started, elapsed, complete) VALUES (1, 2, 3, 0)");
  assertThrows(() =>
    transaction(database, () => {
      insert();
      throw new Error("no");
    })
  );
  assertEquals(database.prepare("SELECT * FROM run").all().length, 0);
  transaction(database, insert);
  assertEquals(database.prepare("SELECT * FROM run").all().length, 1);
  database.close();
});

Deno.test("transaction() says why, although SQLite has undone it already", () => {
  using file = stateFile();
  const database = openDatabase(file.path, MAINNET);
  const fail = () => {
    database.exec("ROLLBACK");
    throw new Error("the disk is full");
  };
  assertThrows(() => transaction(database, fail), Error, "the disk is full");
  database.close();
});

Deno.test("closeDatabase() leaves one file, which can be read where nothing may be written", () => {
  using file = stateFile();
  closeDatabase(openDatabase(file.path, MAINNET));
  const directory = file.path.slice(0, -"/state.db".length);
  assertEquals(Array.from(Deno.readDirSync(directory), ({ name }) => name), ["state.db"]);
  // The file format for writing and reading: 1 is a rollback journal, 2 a write-ahead log.
  assertEquals([...Deno.readFileSync(file.path).subarray(18, 20)], [1, 1]);
});

Deno.test("closeDatabase() closes what cannot be written any more", () => {
  using file = stateFile();
  const database = openDatabase(file.path, MAINNET);
  database.exec("BEGIN");
  closeDatabase(database);
  assertEquals(database.isOpen, false);
});
