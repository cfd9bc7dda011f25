import { assertEquals } from "@std/assert";
import { type Column, table, tellingColumns, wideTable } from "../../../src/report/html/table.ts";
import { html } from "../../../src/report/html/escape.ts";
import { headsOf, rowsOf } from "../../support/html.ts";

const columnOf = (label: string, ...cells: (string | number | null)[]): Column<number> => ({
  label,
  cell: (row) => cells[row] ?? null,
});

Deno.test("tellingColumns() keeps the first column, and those with anything that is neither empty nor zero", () => {
  const columns = [
    columnOf("first", null, null),
    columnOf("nulls", null, null),
    columnOf("empty", "", ""),
    columnOf("zeros", 0, 0),
    columnOf("nothing", "", 0),
    columnOf("ones", 1, 1),
    columnOf("late", 0, 1),
    columnOf("early", "a", null),
  ];
  assertEquals(tellingColumns(columns, [0, 1]).map(({ label }) => label), ["first", "ones", "late", "early"]);
  assertEquals(tellingColumns(columns, []).map(({ label }) => label), ["first"]);
});

Deno.test("A table has its first column as the heads of rows, and its columns of numbers marked", () => {
  const columns = [
    { label: "a<b", cell: (row: number) => html`<b>${row}</b>` },
    { label: "zero", numeric: true, cell: () => 0 },
    { label: "number", numeric: true, cell: (row: number) => 2 * row },
    { label: "text", cell: () => "<i>" },
  ];
  const plain = String(table({ caption: "C&A", columns, rows: [7] })).replaceAll("\n", "");
  assertEquals(
    plain,
    '<table class="plain"><caption>C&amp;A</caption><thead><tr><th scope="col">a&lt;b</th>' +
      '<th scope="col" class="n">zero</th><th scope="col" class="n">number</th><th scope="col">text</th></tr></thead>' +
      '<tbody><tr><th scope="row"><b>7</b></th><td class="n">0</td><td class="n">14</td><td>&lt;i&gt;</td></tr></tbody>' +
      "</table>",
  );
  const wide = String(wideTable({ caption: "C&A", columns, rows: [7], kind: "sortable" }));
  assertEquals(headsOf(wide), ["a&lt;b", "#number", "text"]);
  assertEquals(rowsOf(wide), [["7", "14", "&lt;i&gt;"]]);
});
