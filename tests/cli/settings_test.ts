import { assert, assertEquals } from "@std/assert";
import { OPTION_NAMES } from "../../src/cli/option_names.ts";
import { OPTION_LIST } from "../../src/cli/options.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { scanSettings } from "../../src/cli/settings.ts";
import { withDefaults } from "../../src/scan/settings.ts";

const settingsOf = (...args: readonly string[]) => scanSettings(parseCommandLine(args));

Deno.test("scanSettings() are the defaults of the library when no option is given", async () => {
  const absent = { timeout: undefined, nameServer: undefined, proxy: undefined, onion: [], i2psam: undefined };
  assertEquals(await settingsOf(), { ...withDefaults(), ...absent, cjdns: false, optionNames: OPTION_NAMES });
});

Deno.test("scanSettings() has the port of the chain, unless one is given", async () => {
  assertEquals((await settingsOf("-c", "regtest")).port, 18444);
  assertEquals((await settingsOf("-c", "regtest", "-p", "1")).port, 1);
});

Deno.test("scanSettings() has both families with neither or both of -4 and -6", async () => {
  const cases = [[], ["-4"], ["-6"], ["-46"]];
  const networks = await Promise.all(cases.map(async (args) => (await settingsOf(...args)).networks));
  assertEquals(networks, [["ipv4", "ipv6"], ["ipv4"], ["ipv6"], ["ipv4", "ipv6"]]);
});

Deno.test("scanSettings() calls the options what they are called on the command line", async () => {
  const names = await Promise.all(
    [[], ["-c", "regtest"], ["-c", "signet"], ["--signet-challenge", "51"]].map(async (args) => {
      return (await settingsOf(...args)).optionNames.chain;
    }),
  );
  assertEquals(names, ["--chain", "--chain", "--chain, --signet-challenge", "--chain, --signet-challenge"]);
  for (const name of Object.values(OPTION_NAMES)) assert(OPTION_LIST.some(([option]) => name === `--${option}`), name);
});

Deno.test("scanSettings() makes the chain of a signet challenge", async () => {
  const [own, usual] = await Promise.all([settingsOf("--signet-challenge", "51"), settingsOf("-c", "signet")]);
  assertEquals([own.chain.name, own.port], [usual.chain.name, usual.port]);
  assertEquals(own.chain.magic === usual.chain.magic, false);
});
