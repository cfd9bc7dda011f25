import { assertEquals } from "@std/assert";
import { replyError } from "../../src/net/socks5_replies.ts";

Deno.test("replyError() says in words what a reply means, and shows its number", () => {
  const cases: readonly (readonly [reply: number, words: string])[] = [
    [0x01, "proxy_failure: general failure (reply 0x01)"],
    [0x02, "proxy_refused: connection not allowed by its rules (reply 0x02)"],
    [0x05, "connection_refused: connection refused by the peer or something on the way (reply 0x05)"],
    [0x09, "proxy_failure: unknown SOCKS5 failure (reply 0x09)"],
    [0xf4, "unauthorized: the onion service requires a key (client authorization) (reply 0xf4)"],
    [0xff, "proxy_failure: unknown SOCKS5 failure (reply 0xff)"],
  ];
  for (const [reply, words] of cases) {
    for (const network of ["ipv4", null] as const) {
      const { code, message } = replyError(reply, network);
      assertEquals(`${code}: ${message}`, words);
    }
  }
});

Deno.test("replyError() says what may be behind the replies that Tor uses for several failures", () => {
  const hint = "; Tor uses it for several failures unless its SocksPort has ExtendedErrors)";
  const cases: readonly (readonly [reply: number, words: string])[] = [
    [0x01, `proxy_failure: general failure: the node behind the onion service may be down (reply 0x01${hint}`],
    [0x04, `not_found: no such onion service, or it cannot be reached (reply 0x04${hint}`],
    [0x06, "timeout: gave up (TTL expired) (reply 0x06)"],
  ];
  for (const [reply, words] of cases) {
    const { code, message } = replyError(reply, "onion");
    assertEquals(`${code}: ${message}`, words);
  }
});
