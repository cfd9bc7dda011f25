import { assert, assertEquals } from "@std/assert";
import { formatAddress, type PeerAddress } from "../../src/address/address.ts";
import type { Ending } from "../../src/crawl/ending.ts";
import { dial, far, name, next, shown, watched } from "../support/agendas.ts";
import { addressOf } from "../support/crawls.ts";
import { turns } from "../support/scripted_io.ts";

Deno.test("Agenda leaves out a network when five of its peers had no route before any was reached, and says so", () => {
  const { agenda, messages } = watched();
  name(agenda, far(20));
  dial(agenda, 4, "no_route");
  assertEquals([messages, agenda.waiting.ipv4], [[], 16]);
  dial(agenda, 1, "no_route");
  assertEquals(messages, ["this machine has no route to ipv4: what others name there is not dialled"]);
  assertEquals([agenda.waiting.ipv4, agenda.next(0), agenda.isIdle], [0, null, true]);
});

Deno.test("Agenda leaves out no network in which somebody was reached, and none because of names", () => {
  const { agenda, messages } = watched();
  for (let i = 0; i < 9; i++) agenda.addName({ network: null, host: `${i}.example`, port: 1 }, "");
  dial(agenda, 9, "no_route");
  name(agenda, far(20));
  dial(agenda, 4, "no_route");
  const peer = agenda.next(0);
  assert(peer !== null);
  agenda.reach(peer);
  agenda.end(peer, "failure", 0);
  dial(agenda, 15, "no_route");
  assertEquals(messages, []);
});

Deno.test("Agenda doubts a way when 64 in a row that others named are not reached, while more wait", async () => {
  const rows: [named: number, dialled: number, ending: Ending, readied: number][] = [
    [66, 63, "unreached", 0],
    [66, 64, "unreached", 1],
    [65, 64, "unreached", 1],
    [64, 64, "unreached", 0],
    [66, 65, "failure", 0],
    [66, 65, "success", 0],
    [66, 65, "dropped", 0],
  ];
  for (const [named, dialled, ending, doubts] of rows) {
    let readied = 0;
    const { agenda, messages } = watched({ onReady: () => readied++ });
    name(agenda, far(named));
    dial(agenda, dialled, ending);
    await turns();
    const message = "none of the first 64 peers in ipv4 could be reached: is the way there in order?";
    assertEquals([readied, messages], [doubts, doubts === 1 ? [message] : []], `${named} ${dialled} ${ending}`);
    assertEquals(agenda.isIdle, true);
  }
});

Deno.test("Agenda does not doubt a way because of targets", async () => {
  const { agenda, messages } = watched();
  for (const host of far(66)) agenda.addTarget(addressOf(host), host);
  dial(agenda, 65, "unreached");
  await turns();
  assertEquals(messages, []);
});

Deno.test("Agenda that doubts a way goes on if one that was reached before still is, and gives it up if none is", async () => {
  for (const ending of ["unreached", "no_route"] as const) {
    for (const isThere of [true, false]) {
      const checked: string[] = [];
      const canReach = (address: PeerAddress) => Promise.resolve(checked.push(formatAddress(address)) > 1 && isThere);
      const { agenda, messages } = watched({ canReach });
      name(agenda, far(72));
      const first = [agenda.next(0), agenda.next(0)];
      for (const peer of first) {
        assert(peer !== null);
        agenda.reach(peer);
        agenda.end(peer, "failure", 0);
      }
      const others = [agenda.next(0), agenda.next(0)];
      dial(agenda, 64, ending);
      // Nothing is dialled before that is known, and it is asked once.
      for (const peer of others) {
        assert(peer !== null);
        agenda.end(peer, ending, 0);
      }
      assertEquals([agenda.next(0), agenda.isIdle, agenda.pace(0).preparing], [null, false, true]);
      await turns();
      assertEquals(checked, shown(first.filter((peer) => peer !== null)));
      const message = "no way to ipv4: none of 64 peers in a row could be reached, " +
        "nor any of 2 that had been before; the others are left";
      assertEquals(messages, isThere ? [] : [message]);
      assertEquals([next(agenda).length, agenda.isWaiting], isThere ? [4, false] : [0, true]);
      assertEquals(agenda.isIdle, !isThere);
    }
  }
});

Deno.test("Agenda gives up a way on which nobody was ever reached after 1,024 in a row, and doubts it before", async () => {
  const { agenda, messages } = watched();
  name(agenda, far(2000));
  for (const failures of [64, 128, 256, 512, 1024]) {
    dial(agenda, failures, "unreached");
    await turns();
  }
  assertEquals(messages, [
    ...[64, 128, 256, 512].map((failures) =>
      `none of the first ${failures} peers in ipv4 could be reached: is the way there in order?`
    ),
    "no way to ipv4: none of 1024 peers in a row could be reached; the others are left",
  ]);
  assertEquals([agenda.next(0), agenda.waiting.ipv4, agenda.isIdle], [null, 16, true]);
});

Deno.test("Agenda says nothing of a way if everything ends while it is in doubt", async () => {
  const { agenda, messages } = watched({ canReach: () => Promise.reject(new Error("everything ends")) });
  name(agenda, far(70));
  const peer = agenda.next(0);
  assert(peer !== null);
  agenda.reach(peer);
  agenda.end(peer, "success", 0);
  dial(agenda, 64, "unreached");
  await turns();
  assertEquals([messages, agenda.next(0)], [[], null]);
});

Deno.test("Agenda does not wait for a way that is in doubt once its network is left out", () => {
  const { agenda } = watched({ canReach: () => Promise.withResolvers<boolean>().promise });
  name(agenda, far(73));
  const others = [1, 2, 3, 4, 5, 6].map(() => agenda.next(0));
  dial(agenda, 64, "unreached");
  assertEquals(agenda.waiting.ipv4, 3);
  for (const peer of others) {
    assert(peer !== null);
    agenda.end(peer, "no_route", 0);
  }
  assertEquals([agenda.waiting.ipv4, agenda.isIdle], [0, true]);
});
