import { assertEquals, assertStringIncludes } from "@std/assert";
import { SimulatedPeer } from "../../src/sim/peer.ts";
import { nodeScript } from "../../src/sim/scripts.ts";
import { REFUSING_TARGET } from "../support/faults.ts";
import { runProgram } from "../support/program.ts";

const HEADER = "type,target,addr,network,success,transport_protocol_type,session_id,v2_fallback," +
  "version,services,servicesnames,subver," +
  "startingheight,relaytxes,timeoffset,addrlocal,verack,messages,connect_ms,handshake_ms,bytessent,bytesrecv," +
  "error_code,error_phase,error_message";

function csv(...args: readonly string[]): ReturnType<typeof runProgram> {
  return runProgram(["--format", "csv", ...args]);
}

Deno.test("csv is a header and a row per peer, each ended by CRLF", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const { code, stdout } = await csv(peer.target, REFUSING_TARGET);
  const [header, ...rows] = stdout.split("\r\n");
  assertEquals([code, header, rows.length, rows.at(-1)], [0, HEADER, 3, ""]);
  const good = rows.find((row) => row.includes(peer.target)) ?? "";
  assertStringIncludes(
    good,
    `peer,${peer.target},${peer.target},ipv4,true,v1,,false,70016,0000000000000c09,NETWORK|WITNESS|`,
  );
  assertStringIncludes(good, ',"/Satoshi:31.0.0/",940000,true,');
  const bad = rows.find((row) => row.includes(REFUSING_TARGET)) ?? "";
  assertStringIncludes(bad, `peer,${REFUSING_TARGET},${REFUSING_TARGET},ipv4,false,v1,,false,,,,,,,,,false,,,`);
  assertStringIncludes(bad, ',0,0,connection_refused,connect,"connection refused');
});

Deno.test("csv makes no formula of what a peer says, and keeps its commas and quotes together", async () => {
  await using peer = new SimulatedPeer(nodeScript({ userAgent: '=HYPERLINK("http://example/",A1)\n' }));
  const { stdout } = await csv(peer.target);
  assertStringIncludes(stdout, `,"'=HYPERLINK(""http://example/"",A1)\\x0a",940000,`);
});

Deno.test("csv keeps what a peer says in its cell whatever separates the cells", async () => {
  await using peer = new SimulatedPeer(nodeScript({ userAgent: "/x/;=1+1|2\t=3 =4" }));
  const { stdout } = await csv(peer.target);
  assertStringIncludes(stdout, `,"/x/\\x3b=1+1\\x7c2\\x09=3 \\x3d4",940000,`);
});

Deno.test("csv without a peer is its header, with -q too", async () => {
  const results = await Promise.all([csv("-4", "::1"), csv("-q", "-4", "::1")]);
  for (const { code, stdout } of results) assertEquals([code, stdout], [1, `${HEADER}\r\n`]);
});
