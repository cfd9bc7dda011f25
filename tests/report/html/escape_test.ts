import { assertEquals } from "@std/assert";
import { escapeHtml, Html, html } from "../../../src/report/html/escape.ts";

Deno.test("escapeHtml() leaves nothing that HTML would read, in an element or in an attribute", () => {
  const cases: [text: string, escaped: string][] = [
    ["/Satoshi:31.0.0/", "/Satoshi:31.0.0/"],
    ["</script><script>", "&lt;/script&gt;&lt;script&gt;"],
    [`" onload="x`, "&quot; onload=&quot;x"],
    ["' onload='x", "&#39; onload=&#39;x"],
    ["&lt;", "&amp;lt;"],
    ["\\x1b[2J", "\\x1b[2J"],
  ];
  for (const [text, escaped] of cases) assertEquals(escapeHtml(text), escaped);
});

Deno.test("escapeHtml() shows unprintable characters", () => {
  assertEquals(
    escapeHtml("a\x00\n\x7f\u202e\ufeff\u{e0041}\ud800b"),
    "a\\x00\\x0a\\x7f\\u{202e}\\u{feff}\\u{e0041}\\u{d800}b",
  );
  assertEquals(escapeHtml("é 漢 …"), "é 漢 …");
});

Deno.test("html escapes every value but HTML, in lists too, and drops nulls", () => {
  const bold = html`<b>${"<"}</b>`;
  assertEquals(
    String(html`<p title="${'"'}">${bold}${["<", bold, [1, null]]}${null}</p>`),
    [
      '<p title="&quot;">',
      "<b>&lt;</b>",
      "&lt;<b>&lt;</b>1",
      "</p>",
    ].join(""),
  );
  assertEquals(String(html`${new Html("<hr>")}`), "<hr>");
});

Deno.test("html takes the indentation of the source away, not the spaces of a value", () => {
  assertEquals(
    String(html`
      <p>a b</p>
        ${"c\n   d"}
    `),
    "\n<p>a b</p>\nc\\x0a   d\n",
  );
});
