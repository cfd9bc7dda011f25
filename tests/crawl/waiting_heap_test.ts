import { assertEquals } from "@std/assert";
import { WaitingHeap } from "../../src/crawl/waiting_heap.ts";
import { Random } from "../support/random.ts";

/** What a heap needs to know, in plain arrays; of equal ranks the greater number is first. */
class Ranks {
  readonly ranks: number[] = [];
  /** How often a rank was asked for. */
  asked = 0;
  readonly #positions: number[] = [];
  readonly #risen = new Set<number>();

  rank(number: number): number {
    this.asked++;
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

/** A heap with numbers from 0 on that have these ranks. */
function heapOf(...ranks: readonly number[]) {
  const known = new Ranks();
  known.ranks.push(...ranks);
  const heap = new WaitingHeap(known);
  for (const number of ranks.keys()) heap.push(number);
  return { known, heap };
}

const range = (length: number) => Array.from({ length }, (_, i) => i);

Deno.test("WaitingHeap has room for any number, and for all of them to rise", () => {
  for (const count of [63, 64, 65, 66, 67, 300]) {
    const { known, heap } = heapOf(...range(count));
    const highestFirst = range(count).reverse();
    assertEquals([heap.topRank, range(count).map(() => heap.pop())], [count - 1, highestFirst]);
    for (const number of range(count)) heap.push(number);
    // All of them rise, and are in another order then.
    for (const number of range(count)) {
      known.ranks[number] = 2000 - number;
      heap.rise(number);
    }
    assertEquals([heap.topRank, range(count).map(() => heap.pop())], [2000, range(count)]);
  }
});

Deno.test("WaitingHeap looks at what has risen when one is to be taken, and then once", () => {
  const { known, heap } = heapOf(5, 3, 1);
  known.asked = 0;
  for (const rank of [6, 7]) {
    known.ranks[1] = rank;
    heap.rise(1);
  }
  assertEquals(known.asked, 0);
  assertEquals([heap.topRank, known.asked], [7, 1]);
  assertEquals([heap.topRank, known.asked, heap.pop(), heap.pop(), known.asked], [7, 1, 1, 0, 1]);
});

Deno.test("WaitingHeap does not give what has risen and was then removed", () => {
  const { known, heap } = heapOf(5, 3);
  known.ranks[1] = 9;
  heap.rise(1);
  heap.remove(1);
  assertEquals([heap.topRank, heap.pop(), heap.pop()], [5, 0, undefined]);
});

Deno.test("WaitingHeap does not take what comes in the place of something that had risen for that", () => {
  const { known, heap } = heapOf(5, 3, 4);
  known.ranks[1] = 9;
  heap.rise(1);
  heap.remove(1);
  known.ranks[1] = 1;
  heap.push(1);
  assertEquals([heap.pop(), heap.pop(), heap.pop()], [0, 2, 1]);
});
