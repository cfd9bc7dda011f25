import { assertEquals, assertMatch } from "@std/assert";
import { OPTION_NAMES } from "../../src/net/option_names.ts";
import { isLocalhost, normalName, overlayOf, whyUnasked } from "../../src/net/special_names.ts";

const WITHOUT = { optionNames: OPTION_NAMES };
const WITH_SERVER = { ...WITHOUT, nameServer: { ipAddr: "127.0.0.1", port: 53 } };

Deno.test("isLocalhost() knows the name and those under it, in any case, with or without a trailing dot", () => {
  for (const name of ["localhost", "LocalHost.", "a.localhost", "a.b.LOCALHOST."]) {
    assertEquals(isLocalhost(name), true);
  }
  for (const name of ["localhost.example", "mylocalhost", "localhost.localdomain"]) {
    assertEquals(isLocalhost(name), false);
  }
});

Deno.test("overlayOf() knows onion and I2P names, whatever the case and the last dot", () => {
  for (const name of ["a.onion", "a.b.Onion.", "onion"]) assertEquals(overlayOf(name), "onion", name);
  for (const name of ["a.i2p", "a.b32.I2P.", "i2p."]) assertEquals(overlayOf(name), "i2p", name);
  for (const name of ["onion.example", "aonion", "a.local", "i2p.a"]) assertEquals(overlayOf(name), undefined, name);
});

Deno.test("whyUnasked() says why, with the RFC, and what to do", () => {
  assertMatch(whyUnasked("node.local", WITH_SERVER) ?? "", /RFC 6762.*IP address/);
  assertMatch(whyUnasked("a.invalid.", WITH_SERVER) ?? "", /RFC 6761.*give a real name/);
  assertMatch(whyUnasked("a.ALT", WITH_SERVER) ?? "", /RFC 9476.*IP address/);
  assertMatch(whyUnasked("a.onion", WITH_SERVER) ?? "", /RFC 7686/);
});

Deno.test("whyUnasked() allows a name under test only with a given name server", () => {
  for (const name of ["a.test", "TEST.", "a.b.Test"]) {
    assertEquals(whyUnasked(name, WITH_SERVER), undefined);
    assertMatch(whyUnasked(name, WITHOUT) ?? "", /RFC 6761.*options\.nameServer$/);
  }
});

Deno.test("whyUnasked() allows names that are special only to name servers", () => {
  const names = ["a.example", "example.com", "a.home.arpa", "a.internal", "test.example", "a.lan", "attest", "node"];
  for (const name of names) assertEquals(whyUnasked(name, WITHOUT), undefined, name);
});

Deno.test("normalName() removes capitals and one trailing dot", () => {
  assertEquals(["A.Example.", "a.example", "localhost"].map(normalName), ["a.example", "a.example", "localhost"]);
});
