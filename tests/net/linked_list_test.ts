import { assertEquals } from "@std/assert";
import { LinkedList } from "../../src/net/linked_list.ts";

/** All values, the first one first. */
function valuesOf<T>(list: LinkedList<T>): T[] {
  const values: T[] = [];
  for (let entry = list.first; entry !== null; entry = entry.next) values.push(entry.value);
  return values;
}

Deno.test("LinkedList keeps values in the order in which they came, whichever are removed, and in whatever order", () => {
  const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] as const;
  for (const order of orders) {
    const list = new LinkedList<string>();
    const entries = ["a", "b", "c"].map((value) => list.add(value));
    let left = ["a", "b", "c"];
    for (const i of order) {
      const entry = entries[i];
      assertEquals(entry?.remove(), true);
      left = left.filter((value) => value !== entry?.value);
      assertEquals([valuesOf(list), list.size], [left, left.length], `removed in the order ${order}`);
    }
    list.add("d");
    list.add("e");
    assertEquals([valuesOf(list), list.size], [["d", "e"], 2]);
  }
});

Deno.test("An entry of a LinkedList is removed once, and holds nothing of the list then", () => {
  const list = new LinkedList<string>();
  const [, second] = ["a", "b", "c"].map((value) => list.add(value));
  assertEquals([second?.remove(), second?.remove()], [true, false]);
  assertEquals([second?.previous, second?.next], [null, null]);
  assertEquals([valuesOf(list), list.size], [["a", "c"], 2]);
});
