/** Properties of targets as users write them. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { parsePort, parseTarget, type Target, TargetError } from "../../src/scan/target.ts";
import { ipHost, parseIpHost } from "../../src/address/host.ts";
import type { Random } from "../support/random.ts";
import { resultOf } from "./expect.ts";
import type { Properties } from "./property.ts";
import { spelledIp } from "./texts.ts";
import { ipBytes } from "./values.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
const DIGITS = "0123456789";

/** How names of files end. */
const FILE_EXTENSION = /^(?:txt|csv|tsv|json|ndjson|jsonl|lst|log|conf|dat|html?|xlsx?|gz)$/i;

/** A host name: labels of letters, digits, underscores and inner hyphens; the last is no number and no file's. */
function hostName(random: Random): string {
  const label = () => random.text(LETTERS + DIGITS + "---", 1, random.chance(0.1) ? 63 : 12).replaceAll(/^-|-$/g, "x");
  const last = random.pick([...LETTERS]) + label().slice(1);
  const labels = [...random.list(1, 4, label), FILE_EXTENSION.test(last) ? "com" : last];
  while (labels.join(".").length > 253) labels.shift();
  return labels.join(".") + random.pick(["", "", "."]);
}

/** A target composed from its parts, and what it must be parsed to. */
function anyTarget(random: Random): Target {
  const port = random.chance(0.5) ? random.integer(1, 65_535) : null;
  const suffix = port === null ? "" : `:${String(port).padStart(random.pick([1, 1, 5]), "0")}`;
  if (random.chance(0.4)) {
    const host = hostName(random);
    return { text: host + suffix, network: null, host, port };
  }
  const bytes = ipBytes(random);
  const spelled = spelledIp(random, bytes);
  const bracketed = spelled.includes(":") && (port !== null || random.chance(0.5) || /:833[34]$/.test(spelled));
  const text = (bracketed ? `[${spelled}]` : spelled) + suffix;
  return { text, ...ipHost(bytes), port };
}

/** A target that is most likely invalid. */
function spoiled(random: Random): string {
  let { text } = anyTarget(random);
  for (let times = random.integer(1, 3); times > 0; times--) {
    const at = random.below(text.length + 1);
    const strange = random.pick([
      "",
      ":",
      "[",
      "]",
      ".",
      "..",
      " ",
      "\n",
      "\0",
      "%",
      "/",
      "0",
      "9",
      "65536",
      "-",
      "\u00e9",
      "@",
      "//",
      ",",
      "\u201c",
    ]);
    text = text.slice(0, at) + strange + text.slice(at + random.below(3));
  }
  return text;
}

function isTarget(text: string): boolean {
  return !(resultOf(() => parseTarget(text), TargetError) instanceof TargetError);
}

/** Asserts that a target can be resolved or dialled. */
function checkTarget({ host, network, port }: Target): void {
  if (port !== null) assert(Number.isInteger(port) && port >= 1 && port <= 65_535);
  const found = parseIpHost(host);
  assertEquals(found, network === null ? undefined : { network, host });
  if (network !== null) return;
  assertMatch(host, /^([a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?$/i);
  assert(!/(^|\.)-|-(\.|$)/.test(host), "a hyphen at the end of a label");
  assert(host.length <= 254);
  assert(!/(^|\.)\d+\.?$/.test(host), "the last label is a number");
}

/** The properties, by name. */
export const TARGET_PROPERTIES: Properties = {
  "target-round-trip": {
    says: "A target is read as the host and the port that it was made of",
    weight: 60,
    check(random) {
      const target = anyTarget(random);
      assertEquals(parseTarget(target.text), target);
    },
  },
  "target-garbage": {
    says: "Any text is a target that can be resolved or dialled, or a TargetError, and reads the same when rewritten",
    weight: 60,
    check(random) {
      const text = random.chance(0.3) ? random.text("[]:.%0123456789abf-_ \n\u00e9", 0, 30) : spoiled(random);
      const target = resultOf(() => parseTarget(text), TargetError);
      if (target instanceof TargetError) return assert(target.message.length > 0);
      checkTarget(target);
      const { network, host, port } = target;
      const written = network === "ipv6" ? `[${host}]` : host;
      const rewritten = port === null ? written : `${written}:${port}`;
      for (const around of ["", " ", '"', "//"]) {
        assertEquals(parseTarget(around + rewritten + around), { ...target, text: rewritten });
      }
    },
  },
  "target-limits": {
    says: "A name has 253 characters at most, its labels 63, and brackets hold an IPv6 address only",
    weight: 20,
    check(random) {
      const length = random.integer(248, 258);
      const lastLabel = random.text(LETTERS, length - 3 * 64, length - 3 * 64);
      const name = [...Array.from({ length: 3 }, () => random.text(LETTERS, 63, 63)), lastLabel].join(".");
      assertEquals(isTarget(name + random.pick(["", ".", ":1"])), length <= 253, `a name of ${length} characters`);
      const label = random.text(LETTERS, 60, 66);
      assertEquals(isTarget(`${label}.${random.pick([...LETTERS])}`), label.length <= 63, `a label of ${label.length}`);
      const inside = random.pick([hostName(random), random.bytes(4).join("."), "", "[::1]", "::1]"]);
      assertEquals(isTarget(`[${inside}]${random.pick(["", ":8333"])}`), false, inside);
    },
  },
  "port-text": {
    says: "A port is a number from 1 to 65535 in digits, and nothing else is",
    weight: 20,
    check(random) {
      const port = random.integer(0, 70_000);
      assertEquals(parsePort(String(port)), port >= 1 && port <= 65_535 ? port : undefined);
      const text = random.text("0123456789 -+.exX", 0, 7);
      const expected = /^[0-9]{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
        ? Number(text)
        : undefined;
      assertEquals(parsePort(text), expected);
    },
  },
};
