import { assertEquals } from "@std/assert";
import { transportTo } from "../../src/crawl/transport.ts";
import { serviceFlags } from "../../src/wire/services.ts";

const WITH_V2 = serviceFlags("NETWORK", "P2P_V2");
const WITHOUT_V2 = serviceFlags("NETWORK", "WITNESS");

Deno.test("transportTo() tries v2 unless others say that the peer does not speak it", () => {
  assertEquals(transportTo(WITH_V2, "auto"), "auto");
  assertEquals(transportTo(null, "auto"), "auto");
  assertEquals(transportTo(WITHOUT_V2, "auto"), "v1");
  assertEquals(transportTo(0n, "auto"), "v1");
});

Deno.test("transportTo() keeps a transport that was asked for, whatever others say", () => {
  for (const services of [WITH_V2, WITHOUT_V2, null]) {
    assertEquals([transportTo(services, "v1"), transportTo(services, "v2")], ["v1", "v2"]);
  }
});
