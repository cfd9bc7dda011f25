import { assertEquals } from "@std/assert";
import { Deadline } from "../../src/net/deadline.ts";
import { directWay } from "../../src/net/route.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { ScriptedConnection, scriptedIo } from "../support/scripted_io.ts";

Deno.test("directWay() leads to each address as it is, at once, and any number of them", async () => {
  const dialled: unknown[] = [];
  const connection = new ScriptedConnection();
  const way = directWay(
    scriptedIo({ connect: (...args) => (dialled.push(args), Promise.resolve(connection)) }),
  );
  const deadline = new Deadline(1000);
  for (const address of ONE_OF_EACH) assertEquals(await way.lead(address)(deadline), connection);
  assertEquals(dialled, ONE_OF_EACH.map((address) => [address, deadline.signal]));
  assertEquals([way.isProxy, way.isLost, way.limit, way.ready()], [false, false, Infinity, null]);
});
