import { assertEquals } from "@std/assert";
import { StateError, toStateError } from "../../src/state/errors.ts";

/** What becomes of an error. */
function of(reason: Error): readonly string[] {
  const error = toStateError(reason);
  return error instanceof StateError ? [error.code, error.message] : [];
}

/** What becomes of an error of SQLite. */
const ofSqlite = (errcode: number) => of(Object.assign(new Error("disk I/O error"), { errcode }));

Deno.test("toStateError() says what to do where a network file system does not lock", () => {
  const remedy = "expected a sound disk of this machine, as a network file system may not lock";
  // SQLITE_PROTOCOL and SQLITE_IOERR_LOCK, https://sqlite.org/rescode.html
  assertEquals(ofSqlite(15), ["failed", `it cannot be locked: ${remedy}`]);
  assertEquals(ofSqlite(3850), ["failed", `reading or writing failed: ${remedy}`]);
});

Deno.test("toStateError() names the directory too when something is read-only", () => {
  // SQLITE_READONLY_DIRECTORY
  assertEquals(ofSqlite(1544), ["unwritable", "it, or its directory, is read-only: SQLite writes its log beside it"]);
});

Deno.test("toStateError() tells apart what can be done about it", () => {
  // SQLITE_BUSY, SQLITE_READONLY, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_PROTOCOL, SQLITE_NOTADB
  assertEquals([5, 8, 10, 11, 13, 14, 15, 26].map((code) => ofSqlite(code)[0]), [
    "in_use",
    "unwritable",
    "failed",
    "damaged",
    "full",
    "unwritable",
    "failed",
    "not_ours",
  ]);
});

Deno.test("toStateError() knows what Deno says without a code when a file cannot be opened, and nothing else", () => {
  assertEquals(of(new Error("unable to open database file: state.db")), [
    "unwritable",
    "it cannot be opened or created: is there its directory, and may it be written?",
  ]);
  assertEquals(of(new Error("database is not open")), ["failed", "database is not open"]);
});

Deno.test("toStateError() gives the words of SQLite for what it does not know, and passes on what is none of its errors", () => {
  assertEquals(ofSqlite(1), ["failed", "disk I/O error"]);
  const missing = new Deno.errors.NotCapable("Requires write access");
  assertEquals([toStateError(missing), toStateError("no error")], [missing, "no error"]);
});
