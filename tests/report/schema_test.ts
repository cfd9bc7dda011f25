import { assert, assertEquals } from "@std/assert";
import { formatAddress } from "../../src/address/address.ts";
import { type AuditReasonCode, VERDICTS } from "../../src/audit/result.ts";
import type { AnswerOutcome, Bound, NotDialledReason, StoppedBy } from "../../src/crawl/result.ts";
import type { ErrorCode, ErrorPhase } from "../../src/net/errors.ts";
import { CHAINS } from "../../src/wire/chains.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { type Schema, validate } from "../support/json_schema.ts";
import {
  addressRecordOf,
  addrsOf,
  auditOf,
  crawlOf,
  failedPeerOf,
  peerOf,
  runOf,
  summaryOf,
} from "../support/records.ts";

const SCHEMA: Schema = JSON.parse(Deno.readTextFileSync(new URL("../../src/report/schema.json", import.meta.url)));

const ERROR = { code: "dns_timeout", phase: "dns", message: "no answer" } as const;

const SEEDS = [
  { type: "seed", target: "seed.example", addresses: ["250.1.0.1", "3fff:1::1"], error: null },
  { type: "seed", target: "seed.example", addresses: [], error: ERROR },
] as const;

const RECORDS = [
  ...SEEDS,
  peerOf(),
  peerOf({ addr: "[3fff:1::1]:8333", network: "ipv6", servicesnames: ["NETWORK", "UNKNOWN[2^63]"], relaytxes: null }),
  ...ONE_OF_EACH.map((address) => peerOf({ addr: formatAddress(address), network: address.network })),
  peerOf({ addr: "Seed_1.example.:8333", network: null }),
  failedPeerOf("proxy_unreachable"),
  peerOf({ subver: '\\\\x \\x1b[m"', messages: ["version", "\\x00"], startingheight: -1 }),
  failedPeerOf("timeout"),
  failedPeerOf("wrong_network"),
  auditOf(),
  auditOf({
    verdict: "fail",
    reasons: [{ code: "no_address", message: "none" }],
    queries: [{ name: "a", service_bits: null, a: 0, aaaa: 0, elapsed_ms: 0, matching: null, error: ERROR }],
    errors: { timeout: 1 },
    success_rate: null,
    median_height: null,
    user_agents: [],
    connect_ms: { p50: null, p90: null },
  }),
  addrsOf(),
  addressRecordOf(),
  addressRecordOf({ services: null, time: null, groups: 0, dialled: true, reason: null }),
  ...ONE_OF_EACH.map((address) => addressRecordOf({ addr: formatAddress(address), network: address.network })),
  runOf(),
  runOf({
    ended: null,
    known: null,
    waiting: null,
    complete: false,
    stopped_by: "signal",
    user_agents: [],
    since: null,
  }),
  summaryOf({ crawl: crawlOf() }),
  summaryOf({ crawl: crawlOf({ since: { new: 1, back: 2, gone: 3, kept: 4 } }) }),
  summaryOf({ crawl: crawlOf({ complete: false, stopped_by: "max_time", waiting: 7, not_dialled: {}, bound: {} }) }),
  ...CHAINS.map(({ name }) => summaryOf({ chain: name })),
];

Deno.test("The schema says which version of the format it is of", () => {
  assert(typeof SCHEMA === "object");
  assertEquals(SCHEMA.$id, "urn:bitcoin-p2p-handshake:record:1");
});

Deno.test("The schema accepts every kind of record", () => {
  for (const record of RECORDS) assertEquals(validate(record, SCHEMA), [], JSON.stringify(record));
});

Deno.test("The schema demands every key, and accepts no other, at any depth", () => {
  for (const record of RECORDS) {
    for (const changed of withoutOneKey(parsed(record))) {
      assert(validate(changed, SCHEMA).length > 0, JSON.stringify(changed));
    }
    for (const changed of withOneMore(parsed(record))) {
      assert(validate(changed, SCHEMA).length > 0, JSON.stringify(changed));
    }
  }
});

Deno.test("The schema accepts no record with a value of another type or out of range", () => {
  const wrong = [
    { ...peerOf(), type: "pear" },
    { ...peerOf(), version: "70016" },
    { ...peerOf(), version: 0x8000_0000 },
    { ...peerOf(), services: "c09" },
    { ...peerOf(), services: "0000000000000C09" },
    { ...peerOf(), subver: "\x1b[m" },
    { ...peerOf(), subver: "\\" },
    { ...peerOf(), addr: "250.1.0.1" },
    { ...peerOf(), addr: "3fff:1::1:8333" },
    { ...peerOf(), messages: new Array(33).fill("inv") },
    { ...peerOf(), success: null },
    { ...peerOf(), connect_ms: -1 },
    { ...failedPeerOf(), error: { ...ERROR, code: "oops" } },
    { ...failedPeerOf(), error: { ...ERROR, phase: "lunch" } },
    { ...SEEDS[0], addresses: ["250.1.0.1", "250.1.0.1"] },
    { ...SEEDS[0], addresses: ["seed.example"] },
    { ...summaryOf(), chain: "main" },
    { ...summaryOf(), errors: { oops: 1 } },
    { ...summaryOf(), errors: { timeout: 0 } },
    { ...summaryOf(), elapsed_ms: 1.5 },
    { ...summaryOf(), crawl: { ...crawlOf(), not_dialled: { lunch: 1 } } },
    { ...summaryOf(), crawl: { ...crawlOf(), not_dialled: { too_old: 0 } } },
    { ...summaryOf(), crawl: { ...crawlOf(), bound: { ipv4: 1.1 } } },
    { ...summaryOf(), crawl: { ...crawlOf(), bound: { luck: 0.5 } } },
    { ...summaryOf(), crawl: { ...crawlOf(), stopped_by: "boredom" } },
    { ...addrsOf(), outcome: "lied" },
    { ...addrsOf(), wait_ms: -1 },
    { ...addrsOf(), addr: "250.1.0.1" },
    { ...addressRecordOf(), reason: "lunch" },
    { ...addressRecordOf(), network: null },
    { ...addressRecordOf(), time: 1.5 },
    { ...auditOf(), verdict: "ok" },
    { ...auditOf(), reasons: [{ code: "oops", message: "x" }] },
    { ...auditOf(), queries: [] },
    { ...auditOf(), success_rate: 1.1 },
    { ...auditOf(), user_agents: [["/a/", 1, 2]] },
    { ...auditOf(), user_agents: [["/a/"]] },
    { ...auditOf(), user_agents: [[1, "/a/"]] },
    null,
    [],
  ];
  for (const record of wrong) assert(validate(record, SCHEMA).length > 0, JSON.stringify(record));
});

/** Every code there is: the compiler sees to it that none is missing. */
const ERROR_CODES: Readonly<Record<ErrorCode, true>> = {
  dns_not_found: true,
  dns_timeout: true,
  dns_failure: true,
  connection_refused: true,
  host_unreachable: true,
  connection_reset: true,
  connection_failed: true,
  timeout: true,
  rejected: true,
  connection_closed: true,
  wrong_network: true,
  not_bitcoin: true,
  bad_checksum: true,
  malformed_message: true,
  oversized_message: true,
  message_flood: true,
  v2_not_supported: true,
  v2_protocol_error: true,
  obsolete_version: true,
  self_connection: true,
  proxy_unreachable: true,
  proxy_refused: true,
  not_found: true,
  unauthorized: true,
  proxy_failure: true,
  permission_denied: true,
  internal: true,
};

const ANSWERS: Readonly<Record<AnswerOutcome, true>> = {
  answered: true,
  self_only: true,
  silent: true,
  malformed: true,
  closed: true,
};

const NOT_DIALLED: Readonly<Record<NotDialledReason, true>> = {
  unroutable: true,
  port_zero: true,
  too_old: true,
  excluded: true,
  network: true,
  back_off: true,
  over_quota: true,
};

const STOPS: Readonly<Record<StoppedBy, true>> = { max_time: true, max_addresses: true, signal: true, proxy: true };

const BOUNDS: Readonly<Record<Bound, true>> = {
  ipv4: true,
  ipv6: true,
  onion: true,
  i2p: true,
  cjdns: true,
  rate: true,
};

const REASON_CODES: Readonly<Record<AuditReasonCode, true>> = {
  no_address: true,
  dns_failure: true,
  no_success: true,
  low_success_rate: true,
  service_bits_unanswered: true,
  services_missing: true,
  wrong_network: true,
  unroutable: true,
  behind: true,
  one_netgroup: true,
  one_version: true,
  no_ipv6: true,
  no_ipv4: true,
  partial: true,
};

Deno.test("The schema knows every code of an error and of a reason, every phase, every verdict, and the words of a crawl", () => {
  for (const code of Object.keys(ERROR_CODES)) {
    assertEquals(validate({ ...SEEDS[1], error: { ...ERROR, code } }, SCHEMA), [], code);
    assertEquals(validate({ ...summaryOf(), errors: { [code]: 1 } }, SCHEMA), [], code);
  }
  for (const code of Object.keys(REASON_CODES)) {
    assertEquals(validate({ ...auditOf(), reasons: [{ code, message: "x" }] }, SCHEMA), [], code);
  }
  for (const phase of ["dns", "connect", "proxy", "transport", "version", "verack"] satisfies ErrorPhase[]) {
    assertEquals(validate({ ...SEEDS[1], error: { ...ERROR, phase } }, SCHEMA), [], phase);
  }
  for (const outcome of Object.keys(ANSWERS)) assertEquals(validate({ ...addrsOf(), outcome }, SCHEMA), [], outcome);
  for (const reason of Object.keys(NOT_DIALLED)) {
    assertEquals(validate({ ...addressRecordOf(), reason }, SCHEMA), [], reason);
    assertEquals(validate(crawled({ not_dialled: { [reason]: 1 } }), SCHEMA), [], reason);
  }
  for (const stop of Object.keys(STOPS)) assertEquals(validate(crawled({ stopped_by: stop }), SCHEMA), [], stop);
  for (const bound of Object.keys(BOUNDS)) {
    assertEquals(validate(crawled({ bound: { [bound]: 1 } }), SCHEMA), [], bound);
  }
  for (const verdict of VERDICTS) assertEquals(validate(auditOf({ verdict }), SCHEMA), []);
});

/** The record of a crawl's summary, except for `fields`, which may be wrong. */
function crawled(fields: object): object {
  return { ...summaryOf(), crawl: { ...crawlOf(), ...fields } };
}

type Json = { readonly [key: string]: unknown };

/** The record as a reader of its line has it. */
function parsed(record: object): Json {
  return JSON.parse(JSON.stringify(record));
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What may lack any of its keys. */
const COUNTS = ["errors", "not_dialled", "bound"];

/** The object with each of its keys, or of the keys of its objects, taken away, except where that is allowed. */
function withoutOneKey(record: Json): Json[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const { [key]: _removed, ...rest } = record;
    const within = isJson(value) && !COUNTS.includes(key) ? withoutOneKey(value) : [];
    return [rest, ...within.map((changed) => ({ ...record, [key]: changed }))];
  });
}

/** The object with a key that does not belong there, in it or in one of its objects. */
function withOneMore(record: Json): Json[] {
  const within = Object.entries(record).flatMap(([key, value]) => {
    return isJson(value) ? withOneMore(value).map((changed) => ({ ...record, [key]: changed })) : [];
  });
  return [{ ...record, surplus: 1 }, ...within];
}
