import { assertEquals, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { htmlDocument, type Section } from "../../../src/report/html/document.ts";
import { html } from "../../../src/report/html/escape.ts";

const documentOf = (...sections: Section[]) =>
  [...htmlDocument({ title: "a < b", header: html`<h1>top</h1>`, sections, footer: "end" })].join("");

const A: Section = { id: "a", heading: "A & a", half: true, content: ["<", html`<b>bold</b>`] };
const B: Section = { id: "b", heading: "B", content: [] };

/** The body without its footer, on one line. */
const bodyOf = (page: string) => /<body>(.*?)<footer>/s.exec(page)?.[1]?.replaceAll("\n", "") ?? "";

Deno.test("A page has its contents, and each section with its heading, at full or half the width", () => {
  const contents =
    '<nav aria-label="Contents"><ul><li><a href="#a">A &amp; a</a></li><li><a href="#b">B</a></li></ul></nav>';
  assertEquals(
    bodyOf(documentOf(A, B)),
    `<header><h1>top</h1>${contents}</header><main>` +
      '<section class="half" aria-labelledby="a"><h2 id="a">A &amp; a</h2>&lt;<b>bold</b></section>' +
      '<section aria-labelledby="b"><h2 id="b">B</h2></section></main>',
  );
  assertStringIncludes(documentOf(A, B), "<title>a &lt; b</title>");
});

Deno.test("A page of one section needs no contents", () => {
  assertEquals(
    bodyOf(documentOf(B)),
    '<header><h1>top</h1></header><main><section aria-labelledby="b"><h2 id="b">B</h2></section></main>',
  );
});

Deno.test("A browser may run the one script of the page and use its one style, and load nothing", () => {
  const page = documentOf(A, B);
  const policy = /Content-Security-Policy" content="(.*?)"/.exec(page)?.[1]?.replaceAll("&#39;", "'") ?? "";
  const hashOf = (name: string) => {
    const [, text = ""] = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(page) ?? [];
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  };
  const directives = new Map(
    policy.split("; ").map((part) => {
      const [name = "", ...values] = part.split(" ");
      return [name, values.join(" ")];
    }),
  );
  assertEquals(Object.fromEntries(directives), {
    "default-src": "'none'",
    "script-src": hashOf("script"),
    "style-src": hashOf("style"),
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
  });
  assertEquals(page.indexOf("Content-Security-Policy") < page.indexOf("<style>"), true);
  assertEquals(/<script>.*<\/script>\n<\/body>\n<\/html>\n$/s.test(page), true);
});
