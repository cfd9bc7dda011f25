import { assertEquals } from "@std/assert";
import { HandshakeError } from "../../src/handshake/errors.ts";
import type { DamagedMessage } from "../../src/handshake/handshake.ts";
import { Answer, type AnswerEnd, type AnswerSummary, ASKING, MAX_ASKED_BYTES } from "../../src/session/answer.ts";
import type { AddrMessage } from "../../src/wire/addr.ts";
import type { Message } from "../../src/wire/messages.ts";
import { otherMessage, versionMessage } from "../support/messages.ts";

const ASKED_AT = 5000;
const WAIT = 10_000;

/** Something that happens, so many milliseconds after the peer was asked. */
type Step = readonly [after: number, what: Message | DamagedMessage | AnswerEnd];

/** A message of so many addresses. */
const addresses = (count: number, type: "addr" | "addrv2" = "addrv2"): AddrMessage => ({
  type,
  count,
  payload: new Uint8Array(),
});

const damaged = (messageType: string, code: "bad_checksum" | "malformed_message"): DamagedMessage => ({
  type: "damaged",
  messageType,
  error: new HandshakeError(code, "damaged"),
});

/** The answer that the steps make, and the sizes of the messages that are part of it. */
function play(...steps: Step[]): { readonly answer: Answer; readonly parts: number[] } {
  const answer = new Answer(ASKED_AT, WAIT);
  const parts: number[] = [];
  for (const [after, what] of steps) {
    if (typeof what === "string") {
      answer.end(what, ASKED_AT + after);
      continue;
    }
    const part = answer.receive(what, ASKED_AT + after);
    if (part !== null) parts.push(part.count);
  }
  return { answer, parts };
}

const summaryOf = (...steps: Step[]): AnswerSummary | null => play(...steps).answer.summary;

const summary = (outcome: AnswerSummary["outcome"], messages: number, entries: number, wait: number) =>
  ({ outcome, messages, entries, wait }) as const;

Deno.test("Answer is over at once with a message of 1,000 addresses", () => {
  assertEquals(summaryOf([40, addresses(999)]), null);
  assertEquals(summaryOf([40, addresses(1000)]), summary("answered", 1, 1000, 40));
  assertEquals(summaryOf([1, addresses(1)], [40, addresses(1000, "addr")]), summary("answered", 2, 1001, 40));
  assertEquals(summaryOf([1, addresses(453)], [40, addresses(1000)]), summary("answered", 2, 1453, 40));
});

Deno.test("Answer is due a second after the first message of two addresses or more, and no later for others", () => {
  for (
    const [steps, due] of [
      [[], WAIT],
      [[[40, addresses(1)], [50, addresses(0)]], WAIT],
      [[[40, addresses(2)]], 40 + 1000],
      [[[40, addresses(1)], [90, addresses(453)], [800, addresses(2)]], 90 + 1000],
      [[[WAIT - 10, addresses(453)]], WAIT],
    ] as [Step[], number][]
  ) {
    assertEquals(play(...steps).answer.due - ASKED_AT, due);
  }
});

Deno.test("Answer takes what is read before its end, late as that may be on a busy machine, and nothing after", () => {
  const { answer, parts } = play([40, addresses(2)], [1041, addresses(3)], [1042, "limit"], [1043, addresses(4)]);
  assertEquals([parts, answer.summary], [[2, 3], summary("answered", 2, 5, 1041)]);
});

Deno.test("Answer is what came until its end", () => {
  for (const end of ["limit", "closed"] as const) {
    assertEquals(summaryOf([40, addresses(2)], [99, end]), summary("answered", 1, 2, 40));
    assertEquals(summaryOf([40, addresses(1)], [50, addresses(1)], [99, end]), summary("self_only", 2, 2, 50));
  }
  assertEquals(summaryOf([40, addresses(0)], [99, "limit"]), summary("self_only", 1, 0, 40));
  assertEquals(summaryOf([40, addresses(0)], [99, "closed"]), summary("closed", 1, 0, 40));
  assertEquals(summaryOf([99, "limit"]), summary("silent", 0, 0, 99));
  assertEquals(summaryOf([99, "closed"]), summary("closed", 0, 0, 99));
  assertEquals(summaryOf([99, "closed"], [120, "malformed"], [130, addresses(5)]), summary("closed", 0, 0, 99));
});

Deno.test("Answer ends as malformed with the first message that cannot be read, whatever came before", () => {
  const { answer, parts } = play([40, addresses(7)], [60, damaged("addrv2", "malformed_message")], [70, addresses(8)]);
  assertEquals([parts, answer.summary], [[7], summary("malformed", 1, 7, 40)]);
  assertEquals(summaryOf([60, damaged("addr", "malformed_message")]), summary("malformed", 0, 0, 60));
  assertEquals(summaryOf([60, "malformed"]), summary("malformed", 0, 0, 60));
  // Too long for any, and therefore skipped.
  assertEquals(summaryOf([60, otherMessage("addrv2")]), summary("malformed", 0, 0, 60));
});

Deno.test("Answer ignores messages with a wrong checksum, and all that have no addresses", () => {
  const { answer, parts } = play(
    [10, damaged("addrv2", "bad_checksum")],
    [20, damaged("ping", "malformed_message")],
    [30, { type: "ping", nonce: 1n }],
    [40, otherMessage("inv")],
    [50, versionMessage()],
    [60, { type: "verack" }],
  );
  assertEquals([parts, answer.summary, answer.due], [[], null, ASKED_AT + WAIT]);
});

Deno.test("ASKING sends sendaddrv2 to peers of version 70016 or later", () => {
  const types = (protocolVersion: number) =>
    ASKING.negotiation(versionMessage({ protocolVersion })).map(({ type }) => type);
  assertEquals([70015, 70016, 70017].map(types), [[], ["sendaddrv2"], ["sendaddrv2"]]);
});

Deno.test("A peer that is asked may send 16 MiB in all", () => {
  assertEquals(MAX_ASKED_BYTES, 16_777_216);
});

Deno.test("Answer has several addresses once a message has two", () => {
  const steps: Step[] = [[10, addresses(1)], [20, addresses(1)], [30, addresses(2)]];
  assertEquals([0, 1, 2, 3].map((count) => play(...steps.slice(0, count)).answer.hasSeveral), [
    false,
    false,
    false,
    true,
  ]);
});
