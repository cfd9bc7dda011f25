import { assertEquals } from "@std/assert";
import { partNote } from "../../src/report/stops.ts";

Deno.test("partNote() says of how many peers the shares are only if more were reached before", () => {
  assertEquals(partNote(271, 271), null);
  assertEquals(
    partNote(256, 271),
    "This run goes on where one before was cut short. User agents, v2 and heights are those of the 256 reached since, " +
      "not of the 15 before.",
  );
});
