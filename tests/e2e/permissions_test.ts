import { assertEquals, assertStringIncludes } from "@std/assert";
import { CapturingPeer } from "../support/capture.ts";
import { asking, startDns } from "../support/dns.ts";
import { runProgram } from "../support/program.ts";

Deno.test("Without --allow-net a peer is permission_denied, and the flag to add is named", async () => {
  await using peer = new CapturingPeer();
  const result = await runProgram(["--format", "ndjson", peer.target], { permissions: ["--no-prompt"] });
  const { error } = result.peer(peer.target);
  assertEquals([error?.code, error?.phase], ["permission_denied", "connect"]);
  assertStringIncludes(error?.message ?? "", "--allow-net");
  assertEquals({ code: result.code, connections: peer.connections.length }, { code: 1, connections: 0 });
  assertEquals(result.summary.errors, { permission_denied: 1 });
});

Deno.test("Without --allow-net a name is permission_denied, and the flag to add is named", async () => {
  await using server = await startDns({ "seed.example": { a: ["127.0.0.1"] } });
  const result = await runProgram([...asking(server), "--format", "ndjson", "seed.example"], {
    permissions: ["--no-prompt"],
  });
  const error = result.seeds.get("seed.example")?.error;
  assertEquals([error?.code, error?.phase], ["permission_denied", "dns"]);
  assertStringIncludes(error?.message ?? "", "--allow-net");
  assertStringIncludes(result.stderr, "--allow-net");
  assertEquals({ code: result.code, queries: server.queries.length }, { code: 1, queries: 0 });
});

Deno.test("The text log names the flag to add too", async () => {
  const { code, lines } = await runProgram(["127.0.0.1:1"], { permissions: ["--no-prompt"] });
  assertEquals(code, 1);
  assertStringIncludes(lines[0] ?? "", "--allow-net");
  assertStringIncludes(lines[0] ?? "", " code=permission_denied phase=connect ");
});

Deno.test("Without --allow-read a target file is refused, and the flag to add is named", async () => {
  await using peer = new CapturingPeer();
  const permissions = ["--allow-net", "--no-prompt"];
  const { code, stdout, errorLines } = await runProgram(["--targets", "seeds.txt", peer.target], { permissions });
  assertEquals({ code, stdout, lines: errorLines.length }, { code: 2, stdout: "", lines: 2 });
  assertStringIncludes(errorLines[0] ?? "", "--allow-read=seeds.txt");
  assertEquals(peer.connections.length, 0);
});

Deno.test("--dns-server without a port means port 53", async () => {
  for (
    const [server, address] of [["127.0.0.1", "127.0.0.1:53"], ["::1", "[::1]:53"], ["[::1]", "[::1]:53"]] as const
  ) {
    const result = await runProgram(["--dns-server", server, "--format", "ndjson", "seed.example"], {
      permissions: ["--no-prompt"],
    });
    assertStringIncludes(result.seeds.get("seed.example")?.error?.message ?? "", `"${address}"`);
  }
});
