import { assertEquals } from "@std/assert";
import type { Address } from "../../src/address/address.ts";
import { directRoutes } from "../../src/net/route.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { ScriptedConnection, scriptedIo } from "../support/scripted_io.ts";

Deno.test("directRoutes() lead to the networks with IP addresses, and to each address as it is", async () => {
  const dialled: Address[] = [];
  const connection = new ScriptedConnection();
  const routes = directRoutes(
    scriptedIo({ connect: (address) => (dialled.push(address), Promise.resolve(connection)) }),
  );
  const { signal } = new AbortController();
  for (const address of ONE_OF_EACH) {
    assertEquals(
      await routes[address.network]?.(address, signal) ?? null,
      {
        ipv4: connection,
        ipv6: connection,
        cjdns: connection,
        onion: null,
        i2p: null,
      }[address.network],
    );
  }
  assertEquals(dialled, ONE_OF_EACH.filter(({ network }) => network !== "onion" && network !== "i2p"));
});
