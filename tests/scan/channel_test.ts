import { assertEquals } from "@std/assert";
import { Channel } from "../../src/scan/channel.ts";
import { turns } from "../support/scripted_io.ts";

Deno.test("Channel gives the values in order, and ends once it is closed and empty", async () => {
  const channel = new Channel<number>(10);
  const taken = Array.fromAsync(channel);
  channel.put(1);
  channel.put(2);
  await Promise.resolve();
  channel.put(3);
  channel.close();
  assertEquals(await taken, [1, 2, 3]);
});

Deno.test("Channel that is closed empty gives nothing, before and after it is iterated", async () => {
  const before = new Channel<number>(1);
  before.close();
  assertEquals(await Array.fromAsync(before), []);
  const after = new Channel<number>(1);
  const taken = Array.fromAsync(after);
  after.close();
  assertEquals(await taken, []);
});

Deno.test("Channel makes producers wait while it is full", async () => {
  const channel = new Channel<number>(2);
  const log: string[] = [];
  const producing = (async () => {
    for (const value of [1, 2, 3]) {
      await channel.put(value);
      log.push(`put ${value}`);
    }
    channel.close();
  })();
  await turns();
  assertEquals(log, ["put 1"]);
  for await (const value of channel) log.push(`took ${value}`);
  await producing;
  assertEquals(log.filter((entry) => entry.startsWith("took")), ["took 1", "took 2", "took 3"]);
});

Deno.test("Channel makes producers wait whenever it is full, not only the first time", async () => {
  const channel = new Channel<number>(1);
  for (let round = 0; round < 3; round++) {
    let isThrough = false;
    channel.put(round)?.then(() => isThrough = true);
    await turns();
    assertEquals(isThrough, false);
    assertEquals(await channel.take(), [round]);
    await turns();
    assertEquals(isThrough, true);
  }
});

Deno.test("Channel that is abandoned makes no producer wait, neither those that do nor those that follow", async () => {
  const channel = new Channel<number>(1);
  const waiting = channel.put(1);
  channel.abandon();
  await waiting;
  assertEquals(channel.put(2), undefined);
});
