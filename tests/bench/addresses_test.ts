import { assertEquals } from "@std/assert";
import { peerAddress } from "../../bench/addresses.ts";

Deno.test("Every peer has its own loopback address", () => {
  assertEquals([0, 255, 256, 65_535, 65_536].map(peerAddress), [
    "127.1.0.0",
    "127.1.0.255",
    "127.1.1.0",
    "127.1.255.255",
    "127.2.0.0",
  ]);
});
