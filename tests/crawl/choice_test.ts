import { assertEquals } from "@std/assert";
import type { Address } from "../../src/address/address.ts";
import { type FrontierSettings, REASONS, stateOf } from "../../src/crawl/choice.ts";
import { KnownAddresses, STATE, type State } from "../../src/crawl/known_addresses.ts";
import { DAY, ipv4, NOW, SETTINGS } from "../support/frontiers.ts";
import { I2P } from "../support/overlays.ts";

function state(address: Address, time: number, settings: Partial<FrontierSettings> = {}): State {
  const known = new KnownAddresses(1);
  return stateOf(known, known.add(address), time, NOW, { ...SETTINGS, ...settings });
}

Deno.test("stateOf() is the first reason in the order of the documentation that holds", () => {
  const old = NOW - 2 * DAY - 1;
  const settings = { excludes: () => true, networks: [] };
  assertEquals([
    state(ipv4("10.0.0.1", 0), old, settings),
    state(ipv4("8.8.8.8", 0), old, settings),
    state(ipv4("8.8.8.8"), old, settings),
    state(ipv4("8.8.8.8"), NOW, settings),
    state(ipv4("8.8.8.8"), NOW, { networks: ["ipv6"] }),
    state(ipv4("8.8.8.8"), NOW),
  ], [STATE.unroutable, STATE.portZero, STATE.tooOld, STATE.excluded, STATE.network, STATE.waiting]);
  const order = ["unroutable", "port_zero", "too_old", "excluded", "network", "back_off"];
  assertEquals([...REASONS.values()], order);
  assertEquals([...REASONS.keys()], [...REASONS.keys()].toSorted((a, b) => a - b));
});

Deno.test("stateOf() lets a time be as old as is allowed, in milliseconds, or ahead of ours", () => {
  const times = [NOW - 2, NOW - 1, NOW, NOW + 600];
  const states = (maxAge: number) => times.map((time) => state(ipv4("8.8.8.8"), time, { maxAge }));
  const { tooOld, waiting } = STATE;
  assertEquals(states(1000), [tooOld, waiting, waiting, waiting]);
  assertEquals(states(999), [tooOld, tooOld, waiting, waiting]);
});

Deno.test("stateOf() wants the port 0 over I2P, and no other network to have it", () => {
  const i2p = (port: number): Address => ({ network: "i2p", host: I2P, port });
  assertEquals([0, 1].map((port) => state(i2p(port), NOW)), [STATE.waiting, STATE.portZero]);
  assertEquals([0, 1].map((port) => state(ipv4("8.8.8.8", port), NOW)), [STATE.portZero, STATE.waiting]);
});

Deno.test("stateOf() asks for the address itself whether it is excluded, and takes what is unroutable if it is to", () => {
  const asked: Address[] = [];
  const excludes = (address: Address) => asked.push(address) > 1;
  const settings = { excludes, includeUnroutable: true };
  const states = [ipv4("10.0.0.1", 7), ipv4("8.8.8.8")].map((address) => state(address, NOW, settings));
  assertEquals(states, [STATE.waiting, STATE.excluded]);
  assertEquals(asked, [ipv4("10.0.0.1", 7), ipv4("8.8.8.8")]);
});
