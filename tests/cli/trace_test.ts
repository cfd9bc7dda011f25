import { assertEquals } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { tracer } from "../../src/cli/trace.ts";
import type { TraceEvent } from "../../src/net/trace.ts";

const EVENTS: readonly TraceEvent[] = [{ type: "connected", transport: "v1" }, { type: "ended", error: null }];

/** What is written of the events with these options, a text a write; `null` if nothing is to be traced. */
async function traced(...args: readonly string[]): Promise<readonly string[] | null> {
  const writes: string[] = [];
  const trace = await tracer(parseCommandLine(args), (lines) => writes.push(lines));
  for (const event of EVENTS) trace?.(ipAddress("192.0.2.1", 8333), 7, event);
  return trace === undefined ? null : writes;
}

Deno.test("tracer() is none unless the options ask for one", async () => {
  assertEquals(await traced(), null);
});

Deno.test("tracer() writes what happens as it happens", async () => {
  assertEquals(await traced("--trace"), [
    "192.0.2.1:8333 +7.0ms -- connected, v1 transport\n",
    "192.0.2.1:8333 +7.0ms -- handshake succeeded\n",
  ]);
});

Deno.test("tracer() writes a diagram once a handshake is over", async () => {
  const diagram = [
    "```mermaid",
    "sequenceDiagram",
    "    participant I as bitcoin-p2p-handshake",
    "    participant P as 192.0.2.1#58;8333",
    "    Note over I,P: connected, v1 transport, 7.0 ms",
    "    Note over I,P: handshake succeeded<br/>7.0 ms",
    "```",
    "",
    "",
  ];
  assertEquals((await traced("--trace=mermaid"))?.filter((text) => text !== ""), [diagram.join("\n")]);
});
