import { assert, assertEquals } from "@std/assert";
import { LIMITS } from "../../../src/sim/hostile/limits.ts";
import { type AcceptedConnection, PeerLink } from "../../../src/sim/link.ts";
import { concat } from "../../support/bytes.ts";
import { VirtualClock } from "../../support/virtual_clock.ts";

/** The header of a message, as it was sent. */
interface Header {
  readonly type: string;
  /** The length that it announces. */
  readonly size: number;
  /** Where the message ends that it announces. */
  readonly end: number;
}

/** The headers of all messages that a peer sends to an initiator that sends nothing and ends its stream. */
async function headersOf({ script }: (typeof LIMITS)[number]): Promise<Header[]> {
  const parts: Uint8Array[] = [];
  const connection: AcceptedConnection = {
    remoteAddr: { hostname: "127.0.0.1", port: 1 },
    read: () => Promise.resolve(null),
    write: (bytes) => (parts.push(bytes), Promise.resolve(bytes.length)),
    close: () => {},
    closeWrite: () => Promise.resolve(),
    setNoDelay: () => {},
  };
  await script(new PeerLink(connection, new VirtualClock(), new AbortController().signal));
  const bytes = concat(...parts);
  const view = new DataView(bytes.buffer);
  const headers: Header[] = [];
  for (let at = 0; at < bytes.length;) {
    const type = new TextDecoder().decode(bytes.subarray(at + 4, at + 16)).replace(/\0+$/, "");
    const size = view.getUint32(at + 16, true);
    at += 24 + size;
    headers.push({ type, size, end: at });
  }
  return headers;
}

const numberIn = (text: string): number => Number(text.replaceAll(",", ""));

/** What the name of a peer says, and whether that is so. */
const SAYINGS: readonly (readonly [name: RegExp, isSo: (headers: readonly Header[], ...words: string[]) => boolean])[] =
  [
    [/^announces an? \w+ of ([\d,]+) bytes/, (headers, size = "") =>
      headers.at(-1)?.size === numberIn(size) ||
      headers[0]?.size === numberIn(size)],
    [/^announces (\d) GiB$/, (headers, count) => Math.round((headers.at(-1)?.size ?? 0) / 2 ** 30) === Number(count)],
    [/^sends an? (\w+) with a payload$/, (headers, type) => headers.some((one) => one.type === type && one.size === 1)],
    [
      /^sends an? (\w+) of ([\d,]+) bytes$/,
      (headers, type, size = "") => headers.some((one) => one.type === type && one.size === numberIn(size)),
    ],
    [
      /^sends an ignored message of ([\d,]+) bytes/,
      (headers, size = "") => headers.some((one) => one.type === "block" && one.size === numberIn(size)),
    ],
    [
      /^sends ([\d,]+) messages before its verack$/,
      (headers, count = "") => headers.findIndex(({ type }) => type === "verack") === numberIn(count),
    ],
    [
      /^sends its version as the ([\d,]+)(?:th|st) message$/,
      (headers, place = "") => headers.findIndex(({ type }) => type === "version") === numberIn(place) - 1,
    ],
    [
      /^sends ([\d,]+) (?:messages and no version|versions|veracks and no version)$/,
      (headers, count = "") => headers.length === numberIn(count),
    ],
    [
      /^sends 16 MiB( and a byte)? (?:up to|before)/,
      (headers, more) => headers.at(-1)?.end === 16 * 2 ** 20 + (more === undefined ? 0 : 1),
    ],
  ];

Deno.test("A peer at a limit sends what its name says, and one beyond it exceeds it by one", async () => {
  const finite = LIMITS.filter(({ name }) => !name.endsWith("forever"));
  assertEquals(finite.length, LIMITS.length - 1);
  for (const peer of finite) {
    const saying = SAYINGS.find(([name]) => name.test(peer.name));
    assert(saying !== undefined, peer.name);
    const [name, isSo] = saying;
    assert(isSo(await headersOf(peer), ...(name.exec(peer.name) ?? []).slice(1)), peer.name);
  }
});
