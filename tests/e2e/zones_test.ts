import { assertEquals } from "@std/assert";
import { type ProgramResult, runCommand, runProgram } from "../support/program.ts";
import { CJDNS_ADDRESS, ZONE_ADDRESS } from "../support/zone_program.ts";

const PROGRAM = new URL("../support/zone_program.ts", import.meta.url).href;

/** Runs a command in a network namespace whose loopback has an address link-local, and one of CJDNS. As Linux does it. */
const NAMESPACE = [
  "unshare",
  "--user",
  "--map-root-user",
  "--net",
  "sh",
  "-c",
  'ip link set lo up && ip -6 address add fe80::1/64 dev lo nodad && ip -6 address add fc00::1/8 dev lo nodad && exec "$@"',
  "sh",
];

const HAS_NAMESPACES = await hasNamespaces();

async function hasNamespaces(): Promise<boolean> {
  try {
    return (await runCommand([...NAMESPACE, "true"])).code === 0;
  } catch {
    return false;
  }
}

function scan(...args: readonly string[]): Promise<ProgramResult> {
  const command = [Deno.execPath(), "run", ...Deno.args, "--quiet", "--allow-net", PROGRAM];
  return runCommand([...NAMESPACE, ...command, "--format", "ndjson", ...args]);
}

Deno.test({
  name: "A link-local address is dialled through its zone, the name or the number of an interface",
  ignore: !HAS_NAMESPACES,
  async fn() {
    const { peers, code } = await scan(
      "fe80::1%lo",
      ZONE_ADDRESS,
      "bitcoin://[fe80::1%251]",
      "FE80:0::1%1",
      "fe80::1%lo",
    );
    assertEquals(code, 0);
    assertEquals(peers.map(({ target, addr, network, success }) => [target, addr, network, success]).toSorted(), [
      ["[fe80::1%1]", "[fe80::1%1]:8333", "ipv6", true],
      ["fe80::1%lo", ZONE_ADDRESS, "ipv6", true],
    ]);
    assertEquals(peers.map(({ addrlocal }) => addrlocal?.replace(/\d+$/, "")), ["[fe80::1]:", "[fe80::1]:"]);
  },
});

Deno.test({
  name:
    "Without an interface of that name, or without a zone, a link-local address is out of reach, and the reason says so",
  ignore: !HAS_NAMESPACES,
  async fn() {
    const { peers, code } = await scan("fe80::1%nope", "fe80::1", "[fe80::1%99]");
    assertEquals(code, 1);
    assertEquals(peers.map(({ addr, error }) => [addr, error?.code, error?.phase, error?.message]).toSorted(), [
      ["[fe80::1%99]:8333", "host_unreachable", "connect", "network is unreachable (through interface 99)"],
      ["[fe80::1%nope]:8333", "host_unreachable", "connect", "this machine has no network interface nope"],
      [
        "[fe80::1]:8333",
        "host_unreachable",
        "connect",
        "not dialled: fe80::1 is a link-local address without a zone: add the network interface, as in fe80::1%eth0",
      ],
    ]);
  },
});

Deno.test({
  name: "An address of CJDNS is dialled with --cjdns, and else is out of reach, and the reason says so",
  ignore: !HAS_NAMESPACES,
  async fn() {
    const there = await scan("--cjdns", "fc00::1", "[FC00:0::1]:8333", "--onlynet", "cjdns");
    assertEquals(there.code, 0);
    assertEquals(there.peers.map(({ addr, network, success }) => [addr, network, success]), [
      [CJDNS_ADDRESS, "cjdns", true],
    ]);
    const { peers, code } = await scan("fc00::1");
    assertEquals([code, peers.map(({ addr, network, error }) => [addr, network, error?.code, error?.message])], [
      1,
      [[
        CJDNS_ADDRESS,
        "ipv6",
        "host_unreachable",
        "not dialled: fc00::1 is a CJDNS address, in fc00::/8; if this machine is on CJDNS, say so with --cjdns",
      ]],
    ]);
  },
});

Deno.test("A zone that is invalid, or not of a link-local address, is a usage error", async () => {
  const [none, global, unbracketed, nameServer] = await Promise.all([
    runProgram(["fe80::1%"]),
    runProgram(["2001:db8::1%eth0"]),
    runProgram(["fe80::1%eth0:8333"]),
    runProgram(["--dns-server", "fe80::1%eth0", "seed.example"]),
  ]);
  assertEquals(
    [none, global, unbracketed, nameServer].map(({ code, stdout, errorLines }) => [code, stdout, errorLines[0]]),
    [
      [
        2,
        "",
        "error: invalid target 'fe80::1%': a zone is the name or number of a network interface, 1 to 15 characters, " +
        "as in fe80::1%eth0",
      ],
      [
        2,
        "",
        "error: invalid target '2001:db8::1%eth0': only a link-local address (fe80::/10) can have a zone: " +
        "leave out the part from % on",
      ],
      [
        2,
        "",
        "error: invalid target 'fe80::1%eth0:8333': an IPv6 address with a port needs brackets: [fe80::1%eth0]:8333",
      ],
      [
        2,
        "",
        "error: invalid value 'fe80::1%eth0' for --dns-server <IP[:PORT]>: expected an IP address without a zone, " +
        "with or without a port",
      ],
    ],
  );
});
