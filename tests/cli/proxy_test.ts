import { assertEquals } from "@std/assert";
import { SAM_BRIDGE, SOCKS5_PROXY } from "../../src/cli/proxy.ts";

Deno.test("A proxy is a host with or without a port, a login and a scheme, or a path", () => {
  const cases = {
    "127.0.0.1": { host: "127.0.0.1", port: 9050 },
    "127.0.0.1:1": { host: "127.0.0.1", port: 1 },
    "[::1]": { host: "::1", port: 9050 },
    "[::1]:9150": { host: "::1", port: 9150 },
    "tor": { host: "tor", port: 9050 },
    "tor:9150": { host: "tor", port: 9150 },
    "proxy.example": { host: "proxy.example", port: 9050 },
    "localhost:9150": { host: "localhost", port: 9150 },
    "socks5h://127.0.0.1:9150/": { host: "127.0.0.1", port: 9150 },
    "SOCKS5H://tor": { host: "tor", port: 9050 },
    "unix:/run/tor/socks": { host: "unix:/run/tor/socks", port: 0 },
    "unix:a@b": { host: "unix:a@b", port: 0 },
    "alice:secret@[::1]:1": { host: "::1", port: 1, login: { user: "alice", password: "secret" } },
    "socks5h://a:b:c@d@tor": { host: "tor", port: 9050, login: { user: "a", password: "b:c@d" } },
    "us%40er:%3A%25@tor": { host: "tor", port: 9050, login: { user: "us@er", password: ":%" } },
  };
  for (const [text, expected] of Object.entries(cases)) assertEquals(SOCKS5_PROXY.parse(text), expected, text);
});

Deno.test("A proxy's scheme is socks5h or none, and no other scheme is taken for a login", () => {
  for (
    const text of ["socks5://a:b@tor", "socks4a://tor", "http://a:b@tor:8118", "tor://tor", "socks5h://http://a:b@tor"]
  ) {
    assertEquals(SOCKS5_PROXY.parse(text), undefined, text);
  }
});

Deno.test("A bridge is a host with or without a port, or a path", () => {
  assertEquals(SAM_BRIDGE.parse("127.0.0.1"), { host: "127.0.0.1", port: 7656 });
  assertEquals(SAM_BRIDGE.parse("[::1]:1"), { host: "::1", port: 1 });
  assertEquals(SAM_BRIDGE.parse("unix:sam"), { host: "unix:sam", port: 0 });
});

Deno.test("A proxy is nothing else, and a login is whole and with a host and a port", () => {
  const onion = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";
  for (
    const text of ["a b", "tor:x", onion, "alice:secret@", "alice:secret@a b", "alice:secret@unix:/s", "alice@tor"]
  ) {
    assertEquals(SOCKS5_PROXY.parse(text), undefined, text);
  }
});
