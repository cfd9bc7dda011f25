import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import {
  concludeDemo,
  demoConclusion,
  demoIntroduction,
  introduceDemo,
  prepareDemo,
  requireLoopback,
} from "../../src/cli/demo.ts";
import { PermissionError, StartError } from "../../src/cli/errors.ts";
import { AUDIT_JOB } from "../../src/cli/jobs/audit.ts";
import { CRAWL_JOB } from "../../src/cli/jobs/crawl.ts";
import { SCAN_JOB } from "../../src/cli/jobs/scan.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { setupOf } from "../support/cli.ts";
import { Outputs } from "../support/outputs.ts";
import { replaced } from "../support/replaced.ts";
import { osError } from "../support/scripted_io.ts";

const START = {
  standalone: false,
  execPath: "/usr/bin/deno",
  cwd: "/home/ann/handshake",
  mainModule: "file:///home/ann/handshake/main.ts",
  importMap: null,
  args: [],
};

const textsOf = (args: readonly string[]) => (args.includes("--audit") ? AUDIT_JOB : SCAN_JOB).demo;

/** What the demo says first, on one line. */
function introduction(...args: string[]): string {
  return demoIntroduction(textsOf(args), parseCommandLine(["--demo", ...args]), 80).replace(/\s+/g, " ");
}

/** The commands that the demo says last. */
function steps(args: readonly string[], start = START): string[] {
  const lines = demoConclusion(textsOf(args), parseCommandLine(["--demo", ...args]), start, 80).split("\n");
  return lines.filter((line) => line.startsWith("  ")).map((line) => line.trim().split(/ {2,}/)[0] ?? "");
}

Deno.test("prepareDemo() says what the operating system does not allow, and leaves a bug a bug", async () => {
  const setup = await setupOf(["--demo"]);
  const failing = (error: unknown) => ({ prepare: () => Promise.reject(error) });
  const noDescriptor = Object.assign(osError("EMFILE"), { message: "Too many open files (os error 24)" });
  await assertRejects(
    () => prepareDemo(failing(noDescriptor), setup),
    StartError,
    "on this machine: Too many open files",
  );
  await assertRejects(() => prepareDemo(failing(new TypeError("a bug")), setup), TypeError, "a bug");
  assertEquals(await prepareDemo(failing("text"), setup).catch((error: unknown) => error), "text");
  const unusable = new StartError("cannot use --state .: Is a directory (os error 21)");
  assertEquals(await prepareDemo(failing(unusable), setup).catch((error: unknown) => error), unusable);
});

Deno.test("demoIntroduction() says that everything is simulated, and how to tell what fails on purpose", () => {
  for (const args of [[], ["--audit"], ["--format", "ndjson"], ["--trace=mermaid"]]) {
    assertStringIncludes(introduction(...args), "no traffic leaves this machine");
    assertStringIncludes(introduction(...args), "on purpose");
  }
  assertStringIncludes(introduction(), "Their lines end in on_purpose.");
  assertStringIncludes(introduction("--audit"), "which their names tell");
  for (const args of [["--audit"], ["--format", "csv"], ["--trace=mermaid"]]) {
    assert(!introduction(...args).includes("on_purpose"), args.join(" "));
  }
});

Deno.test("demoConclusion() says what to try next, as it was called", () => {
  assertEquals(steps([]), [
    "deno task demo --report page.html",
    "deno task demo --audit",
    "deno task demo --crawl",
    "deno task handshake dnsseed.emzy.de",
    "deno task handshake --help",
  ]);
  assertEquals(steps(["--audit"]), [
    "deno task demo --audit --report page.html",
    "deno task demo",
    "deno task handshake --audit",
    "deno task handshake --help",
  ]);
  const execPath = "/home/ann/.npm/_npx/7a40/node_modules/deno/deno";
  assertEquals(steps([], { ...START, execPath })[1], "npx -y deno task demo --audit");
});

Deno.test("demoConclusion() names the page that there is, and none that a binary cannot write", () => {
  const options = parseCommandLine(["--demo", "--report", "page.html"]);
  assertStringIncludes(demoConclusion(SCAN_JOB.demo, options, START, 80), "Its page is page.html.");
  assertEquals(steps(["--report", "page.html"])[0], "deno task demo --audit");
  assertEquals(steps([], { ...START, standalone: true }), [
    "bitcoin-p2p-handshake --demo --audit",
    "bitcoin-p2p-handshake --demo --crawl",
    "bitcoin-p2p-handshake dnsseed.emzy.de",
    "bitcoin-p2p-handshake --help",
  ]);
});

Deno.test("What the demo says fits the terminal, except for a longer command", () => {
  const options = parseCommandLine(["--demo"]);
  for (const width of [44, 80]) {
    for (const { demo } of [SCAN_JOB, AUDIT_JOB, CRAWL_JOB]) {
      const said = `${demoIntroduction(demo, options, width)}${demoConclusion(demo, options, START, width)}`;
      assertEquals(said.split("\n").filter(({ length }) => length > width), []);
    }
  }
});

Deno.test("introduceDemo() and concludeDemo() say nothing to who asks for less", () => {
  const said = (...args: readonly string[]) => {
    const options = parseCommandLine(["--demo", ...args]);
    return [introduceDemo, concludeDemo].map((say) => {
      using outputs = new Outputs();
      say(SCAN_JOB.demo, options);
      return outputs.stderr !== "";
    });
  };
  for (const args of [[], ["--log-level", "debug"], ["--log-level", "info"]]) assertEquals(said(...args), [true, true]);
  for (const args of [["-q"], ["-q", "--log-level", "debug"], ["--log-level", "warn"], ["--log-level", "error"]]) {
    assertEquals(said(...args), [false, false]);
  }
});

Deno.test("requireLoopback() names the flag that the demo needs", () => {
  const asked: Deno.PermissionDescriptor[] = [];
  let state: Deno.PermissionState = "granted";
  using _ = replaced<{ requestSync: unknown }>(Deno.permissions, {
    requestSync: (descriptor: Deno.PermissionDescriptor) => (asked.push(descriptor), { state }),
  });
  requireLoopback();
  state = "denied";
  assertThrows(requireLoopback, PermissionError, "run again with --allow-net");
  assertEquals(asked, Array(2).fill({ name: "net", host: "127.0.0.1" }));
});
