import { assertEquals } from "@std/assert";
import type { Address } from "../../src/address/address.ts";
import type { CrawlResult } from "../../src/crawl/result.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { addressResultOf, peerResultOf } from "../support/results.ts";
import { run, seedsIn, stateFile, up } from "../support/state.ts";

Deno.test("An address of any network comes back as it was, whether it was named or dialled", () => {
  const results: readonly ((address: Address) => CrawlResult)[] = [
    (address) => addressResultOf({ address }),
    (address) => ({ ...peerResultOf(), address }),
  ];
  for (const resultOf of results) {
    using file = stateFile();
    run(file.path, 0, ONE_OF_EACH.map(resultOf));
    const hosts = run(file.path, 0, []).memory.map(({ address }) => JSON.stringify(address));
    const expected = ONE_OF_EACH.map(({ network, host, port }) => JSON.stringify({ network, host, port }));
    assertEquals(hosts.toSorted(), expected.toSorted());
  }
});

Deno.test("A peer that nobody has named has been named by no group", () => {
  using file = stateFile();
  run(file.path, 0, [up(1)]);
  assertEquals(run(file.path, 60, []).memory.map(({ services, time, groups }) => [services, time, groups]), [
    [null, null, 0],
  ]);
});

Deno.test("A good peer has the default port of its chain, and over I2P, where there is none, 0", () => {
  using file = stateFile();
  run(file.path, 0, ONE_OF_EACH.map((address) => ({ ...peerResultOf(), address })));
  const ports = (isGood: boolean) =>
    seedsIn(file.path).filter(({ good }) => good === isGood).map(({ address: { network, port } }) =>
      `${network} ${port}`
    );
  assertEquals(ports(true).toSorted(), ["cjdns 8333", "i2p 0", "ipv4 8333", "ipv6 8333"]);
  assertEquals(ports(false).toSorted(), ["ipv6 18333", "onion 65535"]);
});

Deno.test("Of a peer whose version is unknown, version, height and services are 0", () => {
  using file = stateFile();
  run(file.path, 0, [up(1, { version: null })]);
  assertEquals(
    seedsIn(file.path).map(({ version, height, services, userAgent, good }) => [
      version,
      height,
      services,
      userAgent,
      good,
    ]),
    [[0, 0, 0n, "", false]],
  );
});
