import { assertEquals, assertStringIncludes } from "@std/assert";
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
