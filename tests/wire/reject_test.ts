import { assertEquals } from "@std/assert";
import { decodeReject, describeReject, encodeReject, MAX_REJECT_REASON_LENGTH } from "../../src/wire/reject.ts";
import { ascii, concat, hex } from "../support/bytes.ts";
import { assertWireError } from "../support/errors.ts";

/** developer.bitcoin.org, "P2P Network", reject: of a transaction, with its hash. */
const TX_REJECT = hex(`
  02 7478
  12
  15 6261642d74786e732d696e707574732d7370656e74
  394715fcab51093be7bfca5a31005972947baf86a31017939575fb2354222821
`);

/** As Bitcoin Core 0.19 refuses an old version. */
const VERSION_REJECT = concat(hex("07"), ascii("version"), hex("11 22"), ascii("Version must be 31800 or greater  "));

Deno.test("decodeReject() and encodeReject() agree with the published reject", () => {
  const reject = decodeReject(TX_REJECT);
  assertEquals(reject, {
    type: "reject",
    message: ascii("tx"),
    ccode: 0x12,
    reason: ascii("bad-txns-inputs-spent"),
    data: TX_REJECT.subarray(-32),
  });
  const encoded = encodeReject(reject);
  assertEquals([encoded, encoded.buffer.byteLength], [TX_REJECT, TX_REJECT.length]);
});

Deno.test("A reject of a version has no data", () => {
  const reject = decodeReject(VERSION_REJECT);
  assertEquals(reject.data.length, 0);
  assertEquals(encodeReject(reject), VERSION_REJECT);
});

Deno.test("decodeReject() says which field a truncated reject ends in", () => {
  const fields = ["the length of reject.message", "reject.message", "reject.ccode", "the length of reject.reason"];
  for (let length = 0; length < VERSION_REJECT.length; length++) {
    const field = length === 0 ? 0 : length < 8 ? 1 : length === 8 ? 2 : length === 9 ? 3 : 4;
    assertWireError(
      () => decodeReject(VERSION_REJECT.subarray(0, length)),
      "truncated",
      fields[field] ?? "reject.reason",
    );
  }
});

Deno.test("decodeReject() bounds the message type and the reason as Bitcoin Core did", () => {
  assertEquals(MAX_REJECT_REASON_LENGTH, 111);
  const rejectOf = (type: number, reason: number) =>
    concat(Uint8Array.of(type), new Uint8Array(type), hex("10"), Uint8Array.of(reason), new Uint8Array(reason));
  assertEquals(decodeReject(rejectOf(12, 111)).reason.length, 111);
  assertWireError(() => decodeReject(rejectOf(13, 0)), "limit_exceeded", "reject.message");
  assertWireError(() => decodeReject(rejectOf(0, 112)), "limit_exceeded", "reject.reason");
  assertWireError(() => decodeReject(hex("00 10 feffffffff")), "limit_exceeded", "reject.reason");
});

Deno.test("describeReject() names the code where BIP 61 does, and escapes the reason", () => {
  const described = (ccode: number, reason: Uint8Array) =>
    describeReject({ type: "reject", message: ascii("version"), ccode, reason, data: new Uint8Array() });
  assertEquals(described(0x11, ascii("Version must be 31800")), '0x11 obsolete, "Version must be 31800"');
  const codes = [0x00, 0x01, 0x02, 0x10, 0x11, 0x12, 0x13, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44];
  assertEquals(codes.map((code) => described(code, ascii(""))), [
    '0x00, ""',
    '0x01 malformed, ""',
    '0x02, ""',
    '0x10 invalid, ""',
    '0x11 obsolete, ""',
    '0x12 duplicate, ""',
    '0x13, ""',
    '0x3f, ""',
    '0x40 nonstandard, ""',
    '0x41 dust, ""',
    '0x42 insufficientfee, ""',
    '0x43 checkpoint, ""',
    '0x44, ""',
  ]);
  assertEquals(described(0x10, hex("1b5b324a0aff5c")), String.raw`0x10 invalid, "\x1b[2J\x0a\xff\\"`);
});
