import type { Exception } from "../exception.ts";

/** The mutants of `src/crawl/waiting.ts` and `src/crawl/waiting_heap.ts` that may survive. */
export const CRAWL_WAITING: readonly Exception[] = [
  {
    file: "src/crawl/waiting.ts",
    changes: ["subnet !== undefined -> true", "subnet === undefined -> false", "best === undefined -> false"],
    reason:
      "what is in no subnet is found in none, and where there is no queue there is no number: only the types want it",
  },
  {
    file: "src/crawl/waiting.ts",
    place: "Waiting.#best",
    changes: ["1 -> 2", "-1 -> 1", "1 -> 0"],
    reason: "the rank of whatever waits is above that, as it has a time",
  },
  {
    file: "src/crawl/waiting.ts",
    place: "Waiting.#best",
    changes: ["rank > bestRank -> rank >= bestRank"],
    reason: "of two networks with equal ranks either may come first",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "GROWTH",
    changes: ["1.25 -> 2.5"],
    reason: "by how much an array grows decides about time and memory alone",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.#numbers",
    changes: ["64 -> 63"],
    reason: "how much more room there is than is needed decides about time and memory alone",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.#ranks",
    changes: ["64 -> 65"],
    reason: "how much more room there is than is needed decides about time and memory alone",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.#risen",
    changes: ["64 -> 65", "64 -> 63"],
    reason: "how much more room there is than is needed decides about time and memory alone",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.push",
    changes: ["ceil -> floor"],
    reason: "how much more room there is than is needed decides about time and memory alone",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.rise",
    changes: ["ceil -> floor"],
    reason: "how much more room there is than is needed decides about time and memory alone",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.rise",
    changes: [
      "this.#risenCount > 2 * this.#size + 64 -> false",
      "this.#risenCount > 2 * this.#size + 64 -> this.#risenCount >= 2 * this.#size + 64",
      "2 -> 3",
      "2 -> 1",
      "2 * this.#size -> 2 / this.#size",
      "64 -> 65",
      "64 -> 63",
    ],
    reason: "when the list is cleared of what has been removed decides about time and memory alone",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.pop",
    changes: ["top === undefined -> false"],
    reason: "the array is never empty: only the types want it",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.remove",
    changes: ["position === size -> false"],
    reason: "the last one would be put where it is, behind the end",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.#settle",
    changes: [
      "rank > (this.#ranks[position] ?? 0) -> true",
      "rank > (this.#ranks[position] ?? 0) -> rank >= (this.#ranks[position] ?? 0)",
      "this.#ranks[position] ?? 0 -> 0",
    ],
    reason: "no rank falls, and what has kept its rank keeps its place",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.#isBefore",
    changes: [
      "this.#known.chance(number) > this.#known.chance(other) -> this.#known.chance(number) >= this.#known.chance(other)",
    ],
    reason: "no two addresses have the same chance",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.#siftUp",
    changes: ["position - 1 >>> 1 -> position - 1 >> 1"],
    reason: "no position is negative",
  },
  {
    file: "src/crawl/waiting_heap.ts",
    place: "WaitingHeap.#siftDown",
    changes: [
      "child >= size -> child > size",
      "child + 1 -> child - 1 #3",
      "child + 1 < size -> true",
      "child + 1 < size -> child + 1 <= size",
      "1 -> 0 #4",
    ],
    reason: "behind the end is what is being put down, which is not wanted more than itself",
  },
];
