import { assertEquals, assertRejects } from "@std/assert";
import { type Closable, Deadline } from "../../src/net/deadline.ts";
import { DialledConnection } from "../../src/net/dialled_connection.ts";
import type { Entry } from "../../src/net/linked_list.ts";
import { ScriptedConnection } from "../support/scripted_io.ts";

/** A deadline that knows what it has been given to close. */
class KnowingDeadline extends Deadline {
  readonly #entries: Entry<Closable>[] = [];

  override watch(closable: Closable): Entry<Closable> {
    const entry = super.watch(closable);
    this.#entries.push(entry);
    return entry;
  }

  /** How much of that it still holds, after which it holds nothing. */
  drop(): number {
    return this.#entries.filter((entry) => entry.remove()).length;
  }
}

function newConnection(...steps: Uint8Array[]) {
  const connection = new ScriptedConnection(...steps);
  const deadline = new KnowingDeadline(5000);
  let closings = 0;
  const dialled = new DialledConnection(connection, deadline, 7, () => closings++);
  return { connection, deadline, dialled, closings: () => closings };
}

Deno.test("DialledConnection reads and writes over its connection, until it is closed", async () => {
  const { connection, dialled } = newConnection(Uint8Array.of(3, 4));
  const buffer = new Uint8Array(8);
  assertEquals([await dialled.read(buffer), buffer.subarray(0, 2)], [2, Uint8Array.of(3, 4)]);
  assertEquals([await dialled.write(Uint8Array.of(5)), connection.written], [1, [5]]);
  dialled.close();
  await assertRejects(() => dialled.read(buffer), Deno.errors.BadResource);
  await assertRejects(() => dialled.write(buffer), Deno.errors.BadResource);
});

Deno.test("DialledConnection is closed once, tells so, and leaves nothing behind in its deadlines", () => {
  const { connection, deadline, dialled, closings } = newConnection();
  const half = new KnowingDeadline(2500);
  dialled.expectAnswer(half, () => true);
  dialled.close();
  dialled.close();
  assertEquals([connection.closed, closings()], [1, 1]);
  assertEquals([deadline.drop(), half.drop()], [0, 0]);
});

Deno.test("DialledConnection closes at its deadline, and no longer once it is released or has another", () => {
  const usual = newConnection();
  usual.deadline.expire();
  assertEquals([usual.connection.closed, usual.closings()], [1, 1]);
  const released = newConnection();
  released.dialled.release();
  released.deadline.expire();
  assertEquals([released.connection.closed, released.closings()], [0, 0]);
  const extended = newConnection();
  const later = new KnowingDeadline(9000);
  extended.dialled.extend(later);
  extended.deadline.expire();
  assertEquals(extended.connection.closed, 0);
  later.expire();
  assertEquals([extended.connection.closed, extended.closings()], [1, 1]);
});

Deno.test("DialledConnection that is extended to a deadline that has passed closes at once", () => {
  const { connection, deadline, dialled, closings } = newConnection();
  const passed = new KnowingDeadline(1000);
  passed.expire();
  dialled.extend(passed);
  assertEquals([connection.closed, closings(), deadline.drop(), passed.drop()], [1, 1, 0, 0]);
});

Deno.test("DialledConnection closes earlier only if its peer is still silent then", () => {
  for (const isSilent of [true, false]) {
    const { connection, dialled } = newConnection();
    const half = new Deadline(2500);
    dialled.expectAnswer(half, () => isSilent);
    half.expire();
    assertEquals(connection.closed, isSilent ? 1 : 0);
  }
});
