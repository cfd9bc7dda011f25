import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { destinationOf, parseCommand, samScript, sendLine } from "../../../src/sim/proxies/sam_script.ts";
import { ascii } from "../../support/bytes.ts";
import { scriptedLink } from "../../support/scripted_link.ts";

Deno.test("parseCommand() takes two words, and values with and without quotes", () => {
  const parsed = (line: string) => {
    const { words, values } = parseCommand(line);
    return [words, Object.fromEntries(values)];
  };
  assertEquals(parsed("HELLO VERSION MIN=3.1 MAX=3.1"), ["HELLO VERSION", { MIN: "3.1", MAX: "3.1" }]);
  assertEquals(parsed('STREAM CONNECT ID=a DESTINATION="A=~- x" SILENT= EMPTY=""'), [
    "STREAM CONNECT",
    { ID: "a", DESTINATION: "A=~- x", SILENT: "", EMPTY: "" },
  ]);
  assertEquals(parsed("QUIT"), ["", {}]);
  assertEquals(parsed(" HELLO VERSION"), ["", {}]);
});

Deno.test("samScript() answers one command after another, and returns at one that it does not know", async () => {
  const { link, connection } = scriptedLink(ascii("A B X=1\nA B X"), ascii("=2\nC D\nA B X=3\n"), "end");
  await samScript({ "A B": ({ values }, talk) => sendLine(talk, `OK ${values.get("X")}`) })(link);
  assertEquals(Uint8Array.from(connection.written), ascii("OK 1\nOK 2\n"));
});

Deno.test("destinationOf() makes 391 bytes in I2P's base64 of any name, the same of the same", () => {
  const names = ["a", "b", "", "x".repeat(391), "x".repeat(500), "\u{3ff}\u{3ff}"];
  const destinations = names.map(destinationOf);
  // 522 characters for 391 bytes, and the padding.
  for (const destination of destinations) assertMatch(destination, /^[A-Za-z0-9~-]{522}==$/);
  assertEquals(destinations.slice(0, 2).map((text) => text.slice(0, 6)), ["YQAAAA", "YgAAAA"]);
  assertEquals(destinations[3], destinations[4]);
  assertNotEquals(destinations[0], destinations[2]);
  assertEquals(destinationOf("a"), destinations[0]);
});
