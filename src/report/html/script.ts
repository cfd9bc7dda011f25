/**
 * The page's script: makes the tables sortable and the list of peers searchable. The page is complete without it.
 *
 * @module
 */

/** Compares two cells of a column: empty ones come last in either direction. */
export function compareCells(
  a: string,
  b: string,
  compare: (a: string, b: string) => number,
  descending: boolean,
): number {
  if (a === "" || b === "") return Number(a === "") - Number(b === "");
  return descending ? compare(b, a) : compare(a, b);
}

/** Whether a text in lower case contains all words of the query. */
export function matchesQuery(text: string, query: string): boolean {
  return query.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** The script. The two functions above are embedded as they are, so that what is tested is what runs. */
export const SCRIPT = `"use strict";
${compareCells}
${matchesQuery}
const FEW = 10;
const PAGE = 100;
const MORE = 500;
const count = new Intl.NumberFormat("en");
const compareTexts = new Intl.Collator("en", { numeric: true }).compare;
const compareNumbers = (a, b) => a - b;

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

/** Makes a table's heads buttons that sort by their column, and reverse the order when pressed again. */
const makeSortable = (table, sort) => {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = make("button", { type: "button" }, ...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sort(column, head.className === "n" ? compareNumbers : compareTexts, descending);
    });
  });
};

const sorted = (rows, column, compare, descending) =>
  rows.map((row) => [row.cells[column].textContent.replace(/^<(?=\\d)/, ""), row])
    .sort(([a], [b]) => compareCells(a, b, compare, descending))
    .map(([, row]) => row);

/** Joins all parts into one table, which shows the first matching rows. */
const makeSearchable = (list) => {
  const table = list.querySelector("table");
  const body = table.tBodies[0];
  let rows = [...list.querySelectorAll("tbody tr")];
  let limit = PAGE;
  let texts = null;
  const input = make("input", { type: "search", autocomplete: "off", spellcheck: false });
  const status = make("p", { role: "status" });
  const more = make("button", { type: "button", className: "more" });
  const show = () => {
    const query = input.value.trim();
    if (query !== "") texts ??= new Map(rows.map((row) => [row, [...row.cells].map((cell) => cell.textContent).join(" ").toLowerCase()]));
    const found = query === "" ? rows : rows.filter((row) => matchesQuery(texts.get(row), query));
    body.replaceChildren(...found.slice(0, limit));
    const rest = found.length - limit;
    status.textContent = count.format(found.length) + " of " + count.format(rows.length) + " peers" +
      (rest > 0 ? ", the first " + count.format(limit) + " shown" : "");
    more.textContent = "Show " + count.format(Math.min(rest, MORE)) + " more";
    more.hidden = rest <= 0;
  };
  const showFirst = () => {
    limit = PAGE;
    show();
  };
  for (const part of list.querySelectorAll("details.part")) part.remove();
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(showFirst, 100);
  });
  more.addEventListener("click", () => {
    const next = limit;
    limit += MORE;
    show();
    // Keyboard users continue at the first new row.
    body.rows[next].tabIndex = -1;
    body.rows[next].focus();
  });
  makeSortable(table, (column, compare, descending) => {
    rows = sorted(rows, column, compare, descending);
    showFirst();
  });
  if (rows.length > FEW) list.prepend(make("label", { className: "search" }, "Search the peers ", input), status);
  list.append(more);
  show();
};

for (const table of document.querySelectorAll("table.sortable")) {
  if (table.closest(".list") !== null) continue;
  const body = table.tBodies[0];
  makeSortable(table, (column, compare, descending) => {
    body.append(...sorted([...body.rows], column, compare, descending));
  });
}
for (const list of document.querySelectorAll(".list")) makeSearchable(list);
`;
