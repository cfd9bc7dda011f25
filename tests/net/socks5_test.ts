import { assertEquals, assertThrows } from "@std/assert";
import { ipAddress, type PeerAddress } from "../../src/address/address.ts";
import { DialError } from "../../src/net/errors.ts";
import { type ProxyLogin, Socks5 } from "../../src/net/socks5.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { ascii, concat, hex, splits } from "../support/bytes.ts";

const PEER = ipAddress("192.0.2.7", 8333);
const LOGIN: ProxyLogin = { user: "alice", password: "secret" };
const PEER_BYTES = ascii("from the peer");

/** What a proxy says that grants everything, with its own address in each form. */
const GRANTS: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ["no login, IPv4", hex("0500 05000001 7f000001 1f90")],
  ["no login, IPv6", hex("0500 05000004 00000000000000000000000000000001 1f90")],
  ["no login, a name", concat(hex("0500 05000003 0d"), ascii("proxy.example"), hex("1f90"))],
  ["no login, a name without a character", hex("0500 05000003 00 0000")],
  ["no login, the longest name", concat(hex("0500 05000003 ff"), new Uint8Array(255), hex("0000"))],
  ["login", hex("0502 0100 05000001 00000000 0000")],
];

/** Gives a new request all of the parts, and returns it; `sent` are its bytes in turn. */
function negotiated(parts: Iterable<Uint8Array>, address: PeerAddress = PEER): { socks: Socks5; sent: Uint8Array[] } {
  const socks = new Socks5(address, LOGIN);
  const sent = [socks.takeOutput()];
  for (const part of parts) {
    // What is given is overwritten, as a buffer is that is read into.
    const given = part.slice();
    socks.receive(given);
    given.fill(0xff);
    const output = socks.takeOutput();
    if (output.length > 0) sent.push(output);
  }
  return { socks, sent };
}

/** The error of a proxy that says these bytes. */
function errorOf(bytes: Uint8Array, address?: PeerAddress): DialError {
  return assertThrows(() => negotiated([bytes], address), DialError);
}

Deno.test("Socks5 gets through to the peer, and loses no byte of the peer's, however the replies are cut", () => {
  for (const [name, grant] of GRANTS) {
    for (const peer of [new Uint8Array(), PEER_BYTES]) {
      for (const [cut, parts] of splits(concat(grant, peer))) {
        let rest = new Uint8Array();
        const socks = new Socks5(PEER, LOGIN);
        for (const part of parts) {
          if (socks.rest === null) socks.receive(part);
          else rest = concat(rest, part);
        }
        assertEquals(concat(socks.rest ?? new Uint8Array(), rest), peer, `${name}, ${cut}`);
      }
    }
  }
});

Deno.test("Socks5 is not through before the last byte of the reply", () => {
  for (const [name, grant] of GRANTS) {
    for (let length = 0; length < grant.length; length++) {
      assertEquals(negotiated([grant.subarray(0, length)]).socks.rest, null, `${name}, ${length} bytes`);
    }
  }
});

Deno.test("Socks5 offers its login, gives it when asked, and asks for the address as it is", () => {
  const requests = ONE_OF_EACH.filter(({ host }) => !host.includes("%")).map((address) =>
    negotiated([hex("0500")], address).sent.map((bytes) => bytes.toHex())
  );
  const onion = `${ascii(ONE_OF_EACH[3]?.host ?? "").toHex()}ffff`;
  const i2p = `${ascii(ONE_OF_EACH[4]?.host ?? "").toHex()}0000`;
  assertEquals(requests, [
    ["05020002", "05010001c0000201208d"],
    ["05020002", "0501000420010db8000000000000000000000001479d"],
    ["05020002", `050100033e${onion}`],
    ["05020002", `050100033c${i2p}`],
    ["05020002", "05010004fc000001000200030004000500060007208d"],
  ]);
  const name: PeerAddress = { network: null, host: "seed.example", port: 8333 };
  const { sent } = negotiated([hex("0502"), hex("0100")], name);
  assertEquals(sent.map((bytes) => bytes.toHex()), [
    "05020002",
    `0105${ascii("alice").toHex()}06${ascii("secret").toHex()}`,
    `050100030c${ascii("seed.example").toHex()}208d`,
  ]);
});

Deno.test("Socks5 says everything once, in however many pieces the proxy answers", () => {
  const replies = [[hex("0500"), hex("05000001 7f000001 1f90")], [
    hex("0502"),
    hex("0100"),
    hex("05000001 00000000 0000"),
  ]];
  for (const parts of replies) {
    const { sent } = negotiated(parts);
    assertEquals(sent.length, parts.length);
    const bytes = Array.from(concat(...parts), (byte) => Uint8Array.of(byte));
    assertEquals(negotiated(bytes).sent, sent);
  }
});

Deno.test("Socks5 takes a proxy for silent until it has let us in, and after that the peer", () => {
  const awaited = [[], [hex("05")], [hex("0502")], [hex("0502"), hex("01")], [hex("0502"), hex("0100")], [hex("0500")]];
  assertEquals(awaited.map((parts) => negotiated(parts).socks.awaitsPeer), [false, false, false, false, true, true]);
  const granted = [hex("0500"), hex("05000001 00000000 0000")];
  assertEquals(negotiated(granted).socks.awaitsPeer, true);
});

Deno.test("Socks5 gives every reply its meaning, after two bytes of it", () => {
  const onion = ONE_OF_EACH[3];
  const codes: readonly (readonly [reply: number, code: string, ofOnion?: string])[] = [
    [0x01, "proxy_failure"],
    [0x02, "proxy_refused"],
    [0x03, "host_unreachable"],
    [0x04, "host_unreachable", "not_found"],
    [0x05, "connection_refused"],
    [0x06, "timeout"],
    [0x07, "proxy_refused"],
    [0x08, "proxy_refused"],
    [0xf0, "not_found"],
    [0xf1, "not_found"],
    [0xf2, "host_unreachable"],
    [0xf3, "host_unreachable"],
    [0xf4, "unauthorized"],
    [0xf5, "unauthorized"],
    [0xf6, "not_found"],
    [0xf7, "host_unreachable"],
  ];
  for (let reply = 1; reply <= 0xff; reply++) {
    const [, code = "proxy_failure", ofOnion = code] = codes.find(([known]) => known === reply) ?? [];
    const said = concat(hex("0500"), Uint8Array.of(5, reply));
    const shown = `0x${reply.toString(16).padStart(2, "0")}`;
    const errors = [errorOf(said), errorOf(said, onion)];
    assertEquals(errors.map(({ code }) => code), [code, ofOnion], shown);
    assertEquals(errors.map(({ message }) => message.includes(`reply ${shown}`)), [true, true], shown);
    // The two that stand for several, unless Tor is told to say more.
    const isVague = reply === 0x01 || reply === 0x04;
    assertEquals(errors.map(({ message }) => message.includes("ExtendedErrors")), [false, isVague], shown);
  }
});

Deno.test("Socks5 refuses what is no SOCKS5, at the first byte that shows it", () => {
  const cases: readonly (readonly [bytes: string, reason: string])[] = [
    ["04", "expected the version to be 5, got 0x04"],
    ["48", "expected the version to be 5, got 0x48"],
    ["0500 04", "expected the version to be 5, got 0x04"],
    ["0502 05", "expected the version of the login to be 1, got 0x05"],
    ["0500 050001", "expected the reserved byte to be 0, got 0x01"],
    ["0500 05000002 00", "expected the type of its own address to be 1, 3 or 4, got 0x02"],
    ["0500 05000000 00", "expected the type of its own address to be 1, 3 or 4, got 0x00"],
  ];
  for (const [bytes, reason] of cases) {
    const { code, message } = errorOf(hex(bytes));
    assertEquals([code, message], ["proxy_refused", `does not speak SOCKS5: ${reason}`], bytes);
  }
});

Deno.test("Socks5 says that a proxy wants another login, or refuses the one that it got", () => {
  assertEquals(errorOf(hex("05ff")).message, "requires another login than user and password (method 0xff)");
  assertEquals(errorOf(hex("0501")).message, "requires another login than user and password (method 0x01)");
  for (const bytes of ["0502 0101", "0502 01ff"]) {
    const { code, message } = errorOf(hex(bytes));
    assertEquals(code, "proxy_refused");
    assertEquals(message.startsWith("refused the login (status 0x"), true, message);
  }
});
