import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/cli/errors.ts";
import { checkAuditNetworks, routeSettings, wantedNetworks, warnOfNameServer } from "../../src/cli/networks.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { setupOf } from "../support/cli.ts";

const wanted = (...args: readonly string[]) => wantedNetworks(parseCommandLine(args));
const checkAudit = (...args: readonly string[]) => checkAuditNetworks(parseCommandLine(["--audit", ...args]));

Deno.test("wantedNetworks() are all that can be reached, unless some are asked for", () => {
  assertEquals(wanted(), ["ipv4", "ipv6"]);
  assertEquals(wanted("--proxy", "tor"), ["ipv4", "ipv6", "onion"]);
  assertEquals(wanted("--onion", "tor", "--i2psam", "router", "--cjdns"), ["ipv4", "ipv6", "onion", "i2p", "cjdns"]);
  assertEquals(wanted("--onlynet", "onion,ipv6", "--onion", "tor"), ["ipv6", "onion"]);
  assertEquals(wanted("--onlynet", "ipv4", "--onlynet", "onion", "--onion", "tor"), ["ipv4", "onion"]);
  assertEquals(wanted("-4", "--onion", "tor"), ["ipv4"]);
  assertEquals(wanted("-6", "--onlynet", "onion", "--onion", "tor"), ["ipv6", "onion"]);
  assertEquals(wanted("-46"), ["ipv4", "ipv6"]);
});

Deno.test("wantedNetworks() refuses one that cannot be reached, and names the option for it", () => {
  assertThrows(() => wanted("--onlynet", "onion"), UsageError, "--onlynet onion needs --onion or --proxy");
  assertThrows(() => wanted("--onlynet", "ipv4,i2p", "--proxy", "tor"), UsageError, "--onlynet i2p needs --i2psam");
  assertThrows(() => wanted("--onlynet", "cjdns"), UsageError, "--onlynet cjdns needs --cjdns");
});

Deno.test("wantedNetworks() of the demo need no proxy, and CJDNS is among them in a crawl only", () => {
  assertEquals(wanted("--demo"), ["ipv4", "ipv6", "onion", "i2p"]);
  assertEquals(wanted("--demo", "--crawl"), ["ipv4", "ipv6", "onion", "i2p", "cjdns"]);
  assertEquals(wanted("--demo", "--onlynet", "onion,i2p"), ["onion", "i2p"]);
  assertThrows(() => wanted("--demo", "--onlynet", "cjdns"), UsageError, "--demo has no peers on cjdns");
});

Deno.test("routeSettings() are the proxies and bridges of the options", () => {
  assertEquals(routeSettings(parseCommandLine(["--onion", "a", "--onion", "b:1", "--cjdns"])), {
    proxy: undefined,
    onion: [{ host: "a", port: 9050 }, { host: "b", port: 1 }],
    i2psam: undefined,
    cjdns: true,
  });
});

Deno.test("checkAuditNetworks() wants a name server beside a proxy, and addresses that it may dial", () => {
  checkAudit();
  checkAudit("-4");
  checkAudit("--proxy", "tor", "--dns-server", "127.0.0.1");
  assertThrows(() => checkAudit("--proxy", "tor"), UsageError, "--audit with --proxy needs --dns-server");
  assertThrows(() => checkAudit("--cjdns", "--onlynet", "cjdns"), UsageError, "--audit needs ipv4 or ipv6");
  assertThrows(
    () => checkAudit("--proxy", "tor", "--dns-server", "127.0.0.1", "--include-unroutable"),
    UsageError,
    "--include-unroutable and --proxy cannot be combined",
  );
});

Deno.test("warnOfNameServer() warns of a name server that is not asked because of a proxy", async () => {
  const warned = async (...args: readonly string[]) => {
    const logged: string[] = [];
    warnOfNameServer(await setupOf(args, { logged }));
    return logged;
  };
  const server = ["--dns-server", "127.0.0.1"];
  assertEquals([await warned(), await warned("--proxy", "tor"), await warned(...server)], [[], [], []]);
  assertEquals(await warned("--proxy", "tor", ...server), [
    "WARN bitcoin-p2p-handshake: --dns-server is not used: names go to the proxy unresolved",
  ]);
});
