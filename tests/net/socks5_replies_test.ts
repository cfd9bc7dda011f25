import { assertEquals } from "@std/assert";
import { replyError } from "../../src/net/socks5_replies.ts";

Deno.test("replyError() says in words what a reply means, and shows its number", () => {
  const cases: readonly (readonly [reply: number, words: string])[] = [
    [0x01, "proxy_failure: general failure"],
    [0x02, "proxy_refused: connection not allowed by its rules"],
    [0x03, "host_unreachable: network unreachable"],
    [0x04, "host_unreachable: host unreachable"],
    [0x05, "connection_refused: connection refused by the peer or something on the way"],
    [0x06, "timeout: gave up (TTL expired)"],
    [0x07, "proxy_refused: CONNECT is not supported"],
    [0x08, "proxy_refused: address type not supported"],
    [0x09, "proxy_failure: unknown SOCKS5 failure"],
    [0xef, "proxy_failure: unknown SOCKS5 failure"],
    [0xf0, "not_found: no such onion service: it has published no descriptor"],
    [0xf1, "not_found: no such onion service: its descriptor is invalid"],
    [0xf2, "host_unreachable: the introduction to the onion service failed"],
    [0xf3, "host_unreachable: the rendezvous with the onion service failed"],
    [0xf4, "unauthorized: the onion service requires a key (client authorization)"],
    [0xf5, "unauthorized: the onion service requires another key (client authorization)"],
    [0xf6, "not_found: no such onion service: its address is invalid"],
    [0xf7, "host_unreachable: the introduction to the onion service took too long"],
    [0xf8, "proxy_failure: unknown SOCKS5 failure"],
  ];
  for (const [reply, words] of cases) {
    for (const network of ["ipv4", null] as const) {
      const { code, message } = replyError(reply, network);
      assertEquals(`${code}: ${message}`, `${words} (reply 0x${reply.toString(16).padStart(2, "0")})`);
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
