import { assertEquals, assertStringIncludes } from "@std/assert";
import { whyTooOld } from "../../src/cli/deno_version.ts";
import { documentAt } from "../support/documents.ts";

Deno.test("A Deno older than the README asks for is too old, and no other", () => {
  for (const version of ["2.9", "2.9.0", "2.9.6", "2.10.1", "3.0.0", "2.9.0-rc.1+a1b2c3d", Deno.version.deno]) {
    assertEquals(whyTooOld(version), null);
  }
  for (const version of ["1.46.3", "2.0.0", "2.8.9"]) {
    const message = whyTooOld(version) ?? "";
    assertStringIncludes(message, `this is ${version}: run deno upgrade`);
    const [needed = ""] = /Deno \S+ or later/.exec(message) ?? [];
    assertStringIncludes(documentAt("README.md").text, needed);
  }
});
