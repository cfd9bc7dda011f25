import { assertEquals, assertRejects } from "@std/assert";
import { LinkReader } from "../../../src/sim/proxies/link_reader.ts";
import {
  METHODS,
  readGreeting,
  readLogin,
  readRequest,
  socks5Reply,
} from "../../../src/sim/proxies/socks5_messages.ts";
import { hex } from "../../support/bytes.ts";
import { scriptedLink } from "../../support/scripted_link.ts";

/** What a function reads from these bytes, and what it leaves. */
async function read<T>(from: (reader: LinkReader) => Promise<T>, bytes: string): Promise<readonly [T, string]> {
  const reader = new LinkReader(scriptedLink(hex(bytes), "end").link);
  const result = await from(reader);
  const rest = await Array.fromAsync(reader.rest());
  return [result, rest.map((part) => part.toHex()).join("")];
}

Deno.test("METHODS are those of RFC 1928, section 3", () => {
  assertEquals(METHODS, { none: 0, login: 2, noneAcceptable: 255 });
});

Deno.test("readGreeting() reads the methods, and nothing of what follows", async () => {
  assertEquals(await read(readGreeting, "05 02 0002 0501"), [hex("0002"), "0501"]);
  assertEquals(await read(readGreeting, "05 00"), [hex(""), ""]);
});

Deno.test("readLogin() reads user and password in UTF-8, and nothing of what follows", async () => {
  assertEquals(await read(readLogin, "01 03 62c3b6 02 7077 05"), [{ user: "bö", password: "pw" }, "05"]);
  assertEquals(await read(readLogin, "01 00 00"), [{ user: "", password: "" }, ""]);
});

Deno.test("readRequest() reads an IPv4 address, a name or an IPv6 address with its port", async () => {
  const cases = [
    ["01 c0000201 208d", { type: "ipv4", host: "192.0.2.1", port: 8333 }],
    ["03 03 612e62 0100", { type: "name", host: "a.b", port: 256 }],
    ["04 20010db8000000000000000000000001 ffff", { type: "ipv6", host: "2001:db8::1", port: 65_535 }],
  ] as const;
  for (const [bytes, request] of cases) assertEquals(await read(readRequest, `050100${bytes}aa`), [request, "aa"]);
});

Deno.test("A message that is not what it should be is refused, with what was expected and what came", async () => {
  const cases: [from: (reader: LinkReader) => Promise<unknown>, bytes: string, message: string][] = [
    [readGreeting, "04 01 00", "expected the version to be 5, got 4"],
    [readLogin, "05 01 61 01 61", "expected the version of the login to be 1, got 5"],
    [readRequest, "04 01 00 01 7f000001 0001", "expected the version to be 5, got 4"],
    [readRequest, "05 02 00 01 7f000001 0001", "expected the command to be 1, got 2"],
    [readRequest, "05 01 01 01 7f000001 0001", "expected the reserved byte to be 0, got 1"],
    [readRequest, "05 01 00 02 7f000001 0001", "expected an address of type 1, 3 or 4, got 2"],
    [readRequest, "05 01 00 00 7f000001 0001", "expected an address of type 1, 3 or 4, got 0"],
    [readRequest, "05 01 00 05 7f000001 0001", "expected an address of type 1, 3 or 4, got 5"],
  ];
  for (const [from, bytes, message] of cases) {
    await assertRejects(() => read(from, bytes), Deno.errors.InvalidData, message);
  }
});

Deno.test("socks5Reply() says to what the proxy is bound, by default to no address", () => {
  const cases: [reply: Uint8Array, bytes: string][] = [
    [socks5Reply(0), "05 00 00 01 00000000 0000"],
    [socks5Reply(5, "192.0.2.1"), "05 05 00 01 c0000201 0000"],
    [socks5Reply(0xf0, "2001:db8::1"), "05 f0 00 04 20010db8000000000000000000000001 0000"],
    [socks5Reply(1, "a.b"), "05 01 00 03 03 612e62 0000"],
  ];
  for (const [reply, bytes] of cases) assertEquals(reply, hex(bytes));
});
