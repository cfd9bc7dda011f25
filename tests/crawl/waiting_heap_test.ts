import { assertEquals } from "@std/assert";
import { WaitingHeap } from "../../src/crawl/waiting_heap.ts";
import { Random } from "../support/random.ts";

/** What a heap needs to know, in plain arrays; of equal ranks the greater number is first. */
class Ranks {
  readonly ranks: number[] = [];
  readonly #positions: number[] = [];
  readonly #risen = new Set<number>();

  rank(number: number): number {
    return this.ranks[number] ?? 0;
  }

  chance(number: number): number {
    return number;
  }

  position(number: number): number {
    return this.#positions[number] ?? 0;
  }

  setPosition(number: number, position: number): void {
    this.#positions[number] = position;
  }

  hasRisen(number: number): boolean {
    return this.#risen.has(number);
  }

  setRisen(number: number, hasRisen: boolean): void {
    if (hasRisen) this.#risen.add(number);
    else this.#risen.delete(number);
  }
}

Deno.test("WaitingHeap gives the highest rank first, and decides between equal ones by chance", () => {
  const known = new Ranks();
  known.ranks.push(3, 9, 3, 7, 3);
  const heap = new WaitingHeap(known);
  for (const number of [0, 1, 2, 3, 4]) heap.push(number);
  assertEquals([heap.size, heap.topRank], [5, 9]);
  assertEquals([1, 2, 3, 4, 5, 6].map(() => heap.pop()), [1, 3, 4, 2, 0, undefined]);
  assertEquals([heap.size, heap.topRank], [0, 0]);
});

Deno.test("WaitingHeap gives what a sorted list would, as ranks rise and members come and go", () => {
  const random = new Random(1);
  const known = new Ranks();
  const heap = new WaitingHeap(known);
  const waiting = new Set<number>();
  const isFirst = (a: number, b: number) => known.rank(b) - known.rank(a) || b - a;
  for (let step = 0; step < 20_000; step++) {
    const members = [...waiting];
    const any = random.below(500);
    if (random.chance(0.3)) {
      assertEquals(heap.pop(), members.sort(isFirst)[0]);
      waiting.delete(members[0] ?? -1);
    } else if (!waiting.has(any)) {
      known.ranks[any] = random.below(20);
      heap.push(any);
      waiting.add(any);
    } else if (random.chance(0.1)) {
      heap.remove(any);
      waiting.delete(any);
    } else {
      known.ranks[any] = known.rank(any) + random.below(3);
      heap.rise(any);
    }
    assertEquals(heap.size, waiting.size);
  }
});
