import { assertEquals } from "@std/assert";
import type { Network } from "../../../src/address/network.ts";
import { errorOf, type KindName, KINDS } from "../../../src/sim/network/kinds.ts";
import { serviceNames } from "../../../src/wire/services.ts";

const V1 = ["NETWORK", "WITNESS", "NETWORK_LIMITED"];
const V2 = [...V1, "P2P_V2"];
const PRUNED = ["WITNESS", "NETWORK_LIMITED", "P2P_V2"];

Deno.test("KINDS say of each kind the services that such a node has", () => {
  const expected: [KindName, string[]][] = [
    ["core-31", V2],
    ["core-28-pruned", PRUNED],
    ["core-25", V1],
    ["knots", [...V2, "UNKNOWN[2^26]"]],
    ["core-0.20", V1],
    ["v1-only", V2],
    ["other chain", V1],
    ["obsolete", ["NETWORK"]],
    ["silent", V2],
    ["too old", V1],
  ];
  for (const [name, services] of expected) assertEquals(serviceNames(KINDS[name].services), services, name);
});

Deno.test("KINDS have nodes that say of themselves what is said of them", () => {
  for (const [name, kind] of Object.entries(KINDS)) {
    if (kind.state === "live") assertEquals(kind.node.services ?? 0xc09n, kind.services, name);
  }
});

Deno.test("KINDS have a node from before BIP 155, one with a small table, and one that takes its time", () => {
  const [old, young, late] = [KINDS["core-0.20"], KINDS.young, KINDS.late];
  if (old.state !== "live" || young.state !== "live" || late.state !== "live") throw new Error("not nodes");
  assertEquals(old.node.protocolVersion, 70_015);
  assertEquals([(young.table ?? 1000) < 1000, (late.delay ?? 0) > 0], [true, true]);
});

Deno.test("errorOf() knows how the handshake with each kind fails in each network", () => {
  const networks: readonly Network[] = ["ipv4", "ipv6", "onion", "i2p", "cjdns"];
  const errors = (name: KindName) => networks.map((network) => errorOf(KINDS[name], network));
  assertEquals(errors("core-31"), [null, null, null, null, null]);
  assertEquals(errors("other chain"), new Array(5).fill("wrong_network"));
  assertEquals(errors("obsolete"), new Array(5).fill("obsolete_version"));
  assertEquals(errors("silent"), new Array(5).fill("timeout"));
  const refused = "connection_refused";
  assertEquals(errors("refuses"), [refused, refused, refused, "host_unreachable", refused]);
  const unreachable = "host_unreachable";
  assertEquals(errors("gone"), [unreachable, unreachable, "not_found", "not_found", unreachable]);
});
