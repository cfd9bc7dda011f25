import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { commandLine, offlineCommand, type Start, taskCommand, thisStart } from "../../src/cli/command.ts";
import { replaced } from "../support/replaced.ts";

const START: Start = {
  standalone: false,
  execPath: "/usr/bin/deno",
  cwd: "/home/ann/handshake",
  mainModule: "file:///home/ann/handshake/main.ts",
  importMap: null,
  args: ["--demo", "--report", "x.html"],
};
const REPORT = { report: "x.html" };

Deno.test("commandLine() is the command as it was, with the permissions that its options need in their place", () => {
  assertEquals(commandLine(REPORT, START), "deno run --allow-net --allow-write=x.html main.ts --demo --report x.html");
  const args = ["--targets", "a.txt", "--targets=b.txt", "--targets", "-"];
  assertEquals(
    commandLine({ targets: ["a.txt", "b.txt", "-"] }, { ...START, args }),
    "deno run --allow-net --allow-read=a.txt,b.txt main.ts --targets a.txt --targets=b.txt --targets -",
  );
});

Deno.test("commandLine() calls Deno as it was called, with the packages that it was given", () => {
  const npx = { ...START, execPath: "/home/ann/.npm/_npx/7a40/node_modules/deno/deno" };
  const importMap = "file:///home/ann/handshake/offline/deno.json";
  assertEquals(
    commandLine(REPORT, { ...npx, importMap, args: [] }),
    "npx -y deno run --import-map offline/deno.json --allow-net --allow-write=x.html main.ts",
  );
});

Deno.test("commandLine() has the whole path of a program elsewhere, and the URL of one on another machine", () => {
  const elsewhere = { ...START, cwd: "/home/ann/hand", args: [] };
  assertEquals(
    commandLine(REPORT, elsewhere),
    "deno run --allow-net --allow-write=x.html /home/ann/handshake/main.ts",
  );
  const remote = { ...elsewhere, mainModule: "https://example.com/main.ts" };
  assertEquals(commandLine(REPORT, remote), "deno run --allow-net --allow-write=x.html https://example.com/main.ts");
});

Deno.test("commandLine() quotes what a shell would misread", () => {
  const args = ["--report", "my page.html", "it's", "[::1]:8333", ""];
  assertEquals(
    commandLine({ report: "my page.html" }, { ...START, args }),
    "deno run --allow-net '--allow-write=my page.html' main.ts --report 'my page.html' 'it'\\''s' '[::1]:8333' ''",
  );
});

Deno.test("commandLine() allows all files where a path has a comma, for which Deno has no escape", () => {
  assertEquals(
    commandLine({ report: "a,b.html" }, { ...START, args: [] }),
    "deno run --allow-net --allow-write main.ts",
  );
  assertEquals(
    commandLine({ targets: ["a,b.txt", "c.txt"] }, { ...START, args: [] }),
    "deno run --allow-net --allow-read main.ts",
  );
});

Deno.test("commandLine() lets a file be read and written that is both", () => {
  assertEquals(
    commandLine({ state: "s.db" }, { ...START, args: [] }),
    "deno run --allow-net --allow-read=s.db --allow-write=s.db main.ts",
  );
});

Deno.test("commandLine() of a binary compiles one with the permissions", () => {
  assertEquals(
    commandLine(REPORT, { ...START, standalone: true }),
    "deno compile --allow-net --allow-write=x.html --output bitcoin-p2p-handshake main.ts",
  );
});

Deno.test("offlineCommand() runs the program with the stand-in of this checkout", () => {
  const cwd = fileURLToPath(new URL("../..", import.meta.url)).slice(0, -1);
  const mainModule = new URL("../../main.ts", import.meta.url).href;
  assertEquals(
    offlineCommand({ ...START, cwd, mainModule, args: ["-q"] }),
    "deno run --import-map offline/deno.json --allow-net main.ts -q",
  );
});

Deno.test("taskCommand() is a task, and the options for it of a binary", () => {
  assertEquals(taskCommand("demo", ["--audit"], START), "deno task demo --audit");
  assertEquals(
    taskCommand("demo", ["--audit"], { ...START, standalone: true }),
    "bitcoin-p2p-handshake --demo --audit",
  );
  assertEquals(taskCommand("handshake", ["-h"], { ...START, standalone: true }), "bitcoin-p2p-handshake -h");
});

Deno.test("thisStart() knows how this program was started, without a permission", () => {
  const { standalone, execPath, args, importMap } = thisStart();
  assertEquals([standalone, execPath, args], [false, Deno.execPath(), Deno.args]);
  const fromJsr = import.meta.resolve("@std/log/levels").startsWith("jsr:");
  assertEquals(importMap, fromJsr ? null : new URL("../../offline/deno.json", import.meta.url).href);
});

Deno.test("thisStart() of a binary needs no packages", () => {
  using _ = replaced(Deno, { build: { ...Deno.build, standalone: true } });
  assertEquals([thisStart().standalone, thisStart().importMap], [true, null]);
});
