import { assertEquals } from "@std/assert";
import {
  answers,
  answersAndCloses,
  answersBy,
  answersForever,
  asked,
  counted,
  type HostileAnswer,
  nothing,
} from "../../../../src/sim/hostile/answers/answer.ts";
import { raw } from "../../../../src/sim/hostile/parts.ts";
import { say, script } from "../../../../src/sim/hostile/steps.ts";
import { concat } from "../../../support/bytes.ts";
import { frame, versionFrame } from "../../../support/raw.ts";
import { scriptedLink } from "../../../support/scripted_link.ts";
import { messageTypesIn } from "../../../support/v1.ts";

/** What a script says to an initiator of this version that sends these, and whether it waits for that one to close. */
async function saidBy(script: HostileAnswer["script"], ...types: readonly string[]) {
  const frames = [await versionFrame(), ...await Promise.all(types.map((type) => frame(type)))];
  const { link, connection } = scriptedLink(concat(...frames), Uint8Array.of(1), "end");
  const isDone = await script(link).then(() => true, () => false);
  const sent = Uint8Array.from(connection.written);
  return {
    isDone,
    handshake: messageTypesIn(sent),
    answer: new TextDecoder().decode(sent.slice(-2)),
    waits: connection.used,
  };
}

const HANDSHAKE = ["version", "sendaddrv2", "verack"];
const NOT_ASKED = { isDone: false, handshake: HANDSHAKE, waits: false };

Deno.test("asked() shakes hands, and waits for exactly what a crawler sends to a node of that version", async () => {
  for (
    const [protocolVersion, types, isRight] of [
      [undefined, ["sendaddrv2", "verack", "getaddr"], true],
      [70_016, ["sendaddrv2", "verack", "getaddr"], true],
      [70_017, ["sendaddrv2", "verack", "getaddr"], true],
      [70_015, ["verack", "getaddr"], true],
      [70_016, ["verack", "getaddr"], false],
      [70_015, ["sendaddrv2", "verack", "getaddr"], false],
      [70_016, ["sendaddrv2", "getaddr", "verack"], false],
      [70_016, ["sendaddrv2", "verack", "ping"], false],
    ] as const
  ) {
    const fields = protocolVersion === undefined ? {} : { protocolVersion };
    const { answer, ...rest } = await saidBy(script(...asked(fields), say(raw("ok"))), ...types);
    if (isRight) assertEquals({ answer, ...rest }, { isDone: true, handshake: HANDSHAKE, answer: "ok", waits: true });
    else assertEquals(rest, NOT_ASKED);
  }
});

Deno.test("A hostile answer says what it is told to when it is asked, and then waits for us to close, or closes", async () => {
  const expected = nothing("silent");
  const steps = [say(raw("o")), say(raw("k"))];
  const those: [answer: HostileAnswer, waits: boolean][] = [
    [answers("says ok", [raw("o"), raw("k")], expected), true],
    [answersBy("says ok", steps, expected), true],
    [answersForever("says ok", steps, expected), true],
    [answersAndCloses("says ok", steps, expected), false],
  ];
  for (const [one, waits] of those) {
    const said = await saidBy(one.script, "sendaddrv2", "verack", "getaddr");
    assertEquals(said, { isDone: true, handshake: HANDSHAKE, answer: "ok", waits });
    assertEquals([one.name, one.expected], ["says ok", expected]);
  }
  assertEquals(those.map(([{ endless }]) => endless), [undefined, undefined, true, undefined]);
});

Deno.test("counted() adds up the entries in the networks and those that are skipped", () => {
  assertEquals(counted({ ipv4: 2, onion: 3 }), {
    outcome: "answered",
    messages: 1,
    entries: 5,
    networks: { ipv4: 2, onion: 3 },
    skipped: 0,
  });
  assertEquals(counted({ ipv6: 1 }, { outcome: "closed", messages: 4, skipped: 6 }), {
    outcome: "closed",
    messages: 4,
    entries: 7,
    networks: { ipv6: 1 },
    skipped: 6,
  });
  assertEquals(nothing("malformed"), {
    outcome: "malformed",
    messages: 0,
    entries: 0,
    networks: {},
    skipped: 0,
  });
  assertEquals(nothing("self_only", 3).messages, 3);
});
