/**
 * The contents of a page, without a browser: enough for the HTML that this project writes.
 *
 * @module
 */

/** The texts of the cells of all table rows except headers, with entities left as they are. */
export function rowsOf(html: string): string[][] {
  return [...html.matchAll(/<tbody>([\s\S]*?)<\/tbody>/g)].flatMap(([, body = ""]) =>
    body.split(/<tr>/).slice(1).map((row) => row.split(/<t[hd][^>]*>/).slice(1).map(textOf))
  );
}

/** The same for the table with this caption. */
export function rowsUnder(html: string, caption: string): string[][] {
  const [table = ""] = html.split(`<caption>${caption}</caption>`)[1]?.split("</table>") ?? [];
  return rowsOf(table);
}

/** The labels of the columns of all tables, those of numbers with a `#`. */
export function headsOf(html: string): string[] {
  return [...html.matchAll(/<th scope="col"( class="n")?>(.*?)<\/th>/g)].map(([, isNumeric, label = ""]) =>
    isNumeric === undefined ? label : `#${label}`
  );
}

/** The labels of a chart with their places and anchors. */
export function labelsOf(svg: string): string[] {
  return [...svg.matchAll(/<text x="(.*?)" y="(.*?)"(?: text-anchor="(.*?)")?>(.*?)</g)].map(
    ([, x, y, anchor = "start", label]) => `${x},${y} ${anchor}: ${label}`,
  );
}

/** The visible text of some HTML. */
export function textOf(html: string): string {
  return html.replaceAll(/<(style|script|title)[\s\S]*?<\/\1>/g, "").replaceAll(/<[^>]*>/g, "").replaceAll(/\s+/g, " ")
    .trim();
}
