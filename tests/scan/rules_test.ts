import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { denoIo } from "../../src/net/io.ts";
import { checkOptions, OPTION_RULES } from "../../src/scan/rules.ts";
import { DEFAULT_SETTINGS, type ScanOptions } from "../../src/scan/settings.ts";
import { MAINNET } from "../../src/wire/chains.ts";

type OptionName = keyof ScanOptions;

/** Values that each option takes, the extremes above all. */
const TAKEN: { readonly [N in OptionName]-?: readonly unknown[] } = {
  chain: [MAINNET, { name: "mine", aliases: [], magic: 0, port: 65535 }],
  transport: ["v1", "v2", "auto"],
  port: [1, 65535],
  services: [0n, 2n ** 64n - 1n],
  receivingServices: [0n, 2n ** 64n - 1n],
  protocolVersion: [0, 2 ** 31 - 1],
  userAgent: ["", "x".repeat(256), "é".repeat(128)],
  startHeight: [-(2 ** 31), 2 ** 31 - 1],
  relay: [true, false],
  timeout: [0.001, 2_147_483_000],
  concurrency: [1, 65535],
  hold: [0, 2_147_483_000],
  networks: [["ipv4"], ["ipv6", "ipv4"], ["onion", "i2p", "cjdns"]],
  nameServer: [{ ipAddr: "127.0.0.1", port: 53 }, { ipAddr: "::1", port: 65535 }],
  resolvesNames: [true, false],
  proxy: [{ host: "::1", port: 1 }, { host: "h", port: 65535, login: { user: "u", password: "x".repeat(255) } }],
  onion: [[], [{ host: "unix:/run/tor/socks", port: 0 }, { host: "tor", port: 9050 }]],
  i2psam: [{ host: "127.0.0.1", port: 7656 }],
  cjdns: [true, false],
  dials: [() => true],
  onScarcity: [() => {}],
  onProxyLost: [() => {}],
  onFallback: [() => {}],
  trace: [() => {}],
  signal: [AbortSignal.abort(), AbortSignal.timeout(0)],
  io: [denoIo],
};

/** Values that each option refuses: of another type, and of the right one. */
const REFUSED: {
  readonly [N in OptionName]-?: { readonly type: readonly unknown[]; readonly range: readonly unknown[] };
} = {
  chain: { type: ["mainnet", {}, { ...MAINNET, magic: "f9beb4d9" }], range: [{ ...MAINNET, magic: -1 }] },
  transport: { type: [1, true], range: ["v3", "V1", ""] },
  port: { type: ["8333", 8333n], range: [0, 65536, 1.5, NaN] },
  services: { type: [9, "NETWORK"], range: [-1n, 2n ** 64n] },
  receivingServices: { type: [9, "9"], range: [-1n, 2n ** 64n] },
  protocolVersion: { type: ["70016", 70016n], range: [-1, 2 ** 31, NaN] },
  userAgent: { type: [new Uint8Array(3), 1], range: ["x".repeat(257), "é".repeat(129)] },
  startHeight: { type: ["0", 0n], range: [-(2 ** 31) - 1, 2 ** 31, 0.5] },
  relay: { type: [1, "no"], range: [] },
  timeout: { type: ["10", 10n], range: [0, -1, NaN, Infinity, 2_147_483_001] },
  concurrency: { type: ["8", 8n], range: [0, -1, NaN, Infinity, 1.5, 65536] },
  hold: { type: ["1"], range: [-1, NaN, Infinity] },
  networks: { type: ["ipv4", [4], {}], range: [[], ["ipv4", "ipv5"]] },
  nameServer: {
    type: ["127.0.0.1", { ipAddr: "::1" }],
    range: [{ ipAddr: "ns.test", port: 53 }, { ipAddr: "::1", port: 0 }],
  },
  resolvesNames: { type: [1], range: [] },
  proxy: {
    type: ["127.0.0.1:9050", { host: "tor" }, { host: "tor", port: 9050, login: { user: "u" } }],
    range: [
      { host: "", port: 9050 },
      { host: "tor", port: 65536 },
      { host: "tor", port: 9050, login: { user: "", password: "p" } },
      { host: "tor", port: 9050, login: { user: "u", password: "é".repeat(128) } },
    ],
  },
  onion: { type: [{ host: "tor", port: 9050 }, ["tor"]], range: [[{ host: "tor", port: -1 }]] },
  i2psam: { type: ["127.0.0.1"], range: [{ host: "", port: 7656 }] },
  cjdns: { type: ["yes"], range: [] },
  dials: { type: [true], range: [] },
  onScarcity: { type: [{}], range: [] },
  onProxyLost: { type: ["log"], range: [] },
  onFallback: { type: ["log"], range: [] },
  trace: { type: [true], range: [] },
  signal: { type: [{ aborted: false }, new AbortController()], range: [] },
  io: { type: [{}, { ...denoIo, clock: {} }, { ...denoIo, connect: undefined }], range: [] },
};

const NAMES = Object.keys(OPTION_RULES) as OptionName[];

const check = (name: string, value: unknown) => checkOptions({ [name]: value }, OPTION_RULES);

for (const name of NAMES) {
  Deno.test(`The option ${name} takes what it allows, and refuses anything else with what it allows`, () => {
    for (const value of [...TAKEN[name], undefined]) check(name, value);
    const { allowed } = OPTION_RULES[name];
    for (const value of [...REFUSED[name].type, null]) {
      const { message } = assertThrows(() => check(name, value), TypeError);
      assertStringIncludes(message, `Invalid ${name}`);
      if (!message.startsWith(`Invalid ${name}.`) && !message.startsWith(`Invalid ${name}[`)) {
        assertStringIncludes(message, `: expected ${allowed}, got `);
      }
    }
    for (const value of REFUSED[name].range) {
      const { message } = assertThrows(() => check(name, value), RangeError);
      assertStringIncludes(message, `Invalid ${name}`);
    }
  });
}

Deno.test("The defaults are allowed", () => {
  const { optionNames: _optionNames, ...defaults } = DEFAULT_SETTINGS;
  checkOptions(defaults, OPTION_RULES);
});

Deno.test("An error names the option, its value and what is allowed", () => {
  const messages: readonly (readonly [name: string, value: unknown, message: string])[] = [
    ["concurrency", 0, "Invalid concurrency: expected an integer from 1 to 65535, got 0"],
    ["timeout", NaN, "Invalid timeout: expected milliseconds greater than 0 and at most 2147483000, got NaN"],
    ["services", 9, "Invalid services: expected a bigint from 0n to 0xffffffffffffffffn, got 9"],
    ["chain", "mainnet", 'Invalid chain: expected a chain, as MAINNET is, got "mainnet"'],
    ["transport", "v3", 'Invalid transport: expected one of v1, v2, auto, got "v3"'],
    ["networks", ["ipv7"], 'Invalid networks[0]: expected one of ipv4, ipv6, onion, i2p, cjdns, got "ipv7"'],
    ["nameServer", { ipAddr: "a" }, 'Invalid nameServer.ipAddr: expected an IP address, got "a"'],
  ];
  for (const [name, value, expected] of messages) {
    const { message } = assertThrows(() => check(name, value), Error);
    assertEquals(message, expected);
  }
  const { message } = assertThrows(() => check("userAgent", `/${"x".repeat(300)}/`), RangeError);
  assert(message.startsWith("Invalid userAgent: expected a string of at most 256 bytes in UTF-8, got"), message);
});

Deno.test("An unknown option is a TypeError with the nearest one, or with all", () => {
  assertThrows(() => check("timeuot", 1), TypeError, "Unknown option timeuot: did you mean timeout?");
  assertThrows(() => check("recievingServices", 1n), TypeError, "did you mean receivingServices?");
  assertThrows(
    () => check("verbose", undefined),
    TypeError,
    "Unknown option verbose: expected one of chain, transport,",
  );
  assertThrows(() => check("constructor", 1), TypeError, "Unknown option constructor");
});

Deno.test("Options that are not an object are a TypeError", () => {
  for (const options of [null, 5, "v2", () => {}]) {
    assertThrows(() => checkOptions(options as object, OPTION_RULES), TypeError, "Invalid options: expected an object");
  }
});
