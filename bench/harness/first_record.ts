/**
 * How long it takes from a peer's answer to its record.
 *
 * @module
 */

import { peerAddress } from "../addresses.ts";
import { CORE_ANSWER, joined } from "../ready.ts";
import type { Commands } from "./commands.ts";

/** How many peers never answer, to keep the scan running. */
export const PENDING_PEERS = 100;

/** How long the answering peer takes, in milliseconds: by then all others are dialled. */
const ANSWER_DELAY = 200;

/**
 * Acts as the one peer that answers, among silent ones on `silentPort`: the time from sending its answer, up to its
 * verack, until its record is read from standard output, in milliseconds.
 */
export async function firstRecordTime(commands: Commands, silentPort: number): Promise<number> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const silentPeers = Array.from({ length: PENDING_PEERS }, (_, i) => `${peerAddress(i)}:${silentPort}`);
  const [command = "", ...args] = commands.program(
    "--format",
    "ndjson",
    `127.0.0.1:${listener.addr.port}`,
    ...silentPeers,
  );
  const child = new Deno.Command(command, { args, stdin: "null", stdout: "piped" }).spawn();
  try {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(512));
    await new Promise((resolve) => setTimeout(resolve, ANSWER_DELAY));
    const answered = performance.now();
    await connection.write(joined(CORE_ANSWER));
    await untilRecord(child.stdout);
    return performance.now() - answered;
  } finally {
    child.kill();
    await child.status;
  }
}

/**
 * Resolves when the whole record of a peer has come.
 *
 * @throws {Error} when the stream ends before.
 */
async function untilRecord(stdout: ReadableStream<Uint8Array>): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stdout) {
    text += decoder.decode(chunk, { stream: true });
    if (/"type":"peer".*\n/.test(text)) return;
  }
  throw new Error(`Expected the record of a peer, got ${text}`);
}
