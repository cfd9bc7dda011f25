import { assertEquals, assertThrows } from "@std/assert";
import { StateError } from "../../src/state/errors.ts";
import {
  countIn,
  numberIn,
  numberOrNullIn,
  servicesIn,
  servicesText,
  textIn,
  textOrNullIn,
} from "../../src/state/rows.ts";

Deno.test("A row gives what its columns are to have", () => {
  const row = { height: 940_000, agent: "/test:1.0/", services: "0000000000000c09", none: null };
  assertEquals([numberIn(row, "height"), numberOrNullIn(row, "height"), numberOrNullIn(row, "none")], [
    940_000,
    940_000,
    null,
  ]);
  assertEquals([textIn(row, "agent"), textOrNullIn(row, "agent"), textOrNullIn(row, "none")], [
    "/test:1.0/",
    "/test:1.0/",
    null,
  ]);
  assertEquals([servicesIn(row, "services"), servicesIn(row, "none"), countIn({ n: 3 })], [0xc09n, null, 3]);
});

Deno.test("A row that has something else is damaged, and the first 80 characters of it are named", () => {
  const long = `/${"x".repeat(99)}/`;
  const row = { height: 1, text: long, none: null };
  const damaged = (read: () => unknown) => {
    const { code, message } = assertThrows(read, StateError);
    return `${code}: ${message}`;
  };
  const shown = long.slice(0, 80);
  assertEquals(
    [
      damaged(() => numberIn(row, "text")),
      damaged(() => numberOrNullIn(row, "text")),
      damaged(() => textIn(row, "height")),
      damaged(() => textIn(row, "none")),
      damaged(() => servicesIn(row, "text")),
      damaged(() => countIn(undefined)),
    ],
    [
      `damaged: it is damaged: expected a number as text, got ${shown}`,
      `damaged: it is damaged: expected a number as text, got ${shown}`,
      "damaged: it is damaged: expected a text as height, got 1",
      "damaged: it is damaged: expected a text as none, got null",
      `damaged: it is damaged: expected services as text, got ${shown}`,
      "damaged: it is damaged: expected a number as n, got undefined",
    ],
  );
});

Deno.test("Services are 16 hex digits", () => {
  assertEquals([servicesText(0xc09n), servicesText((1n << 64n) - 1n)], ["0000000000000c09", "f".repeat(16)]);
});
