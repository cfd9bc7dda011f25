/**
 * What is in a page, without a browser: enough for the HTML that this project writes.
 *
 * @module
 */

/** The texts of the cells of all rows below the heads of tables; entities stand as they are. */
export function rowsOf(html: string): string[][] {
  return [...html.matchAll(/<tbody>([\s\S]*?)<\/tbody>/g)].flatMap(([, body = ""]) =>
    body.split(/<tr>/).slice(1).map((row) => row.split(/<t[hd][^>]*>/).slice(1).map(textOf))
  );
}

/** The text of some HTML, without what is in no element that is seen. */
export function textOf(html: string): string {
  return html.replaceAll(/<(style|script|title)[\s\S]*?<\/\1>/g, "").replaceAll(/<[^>]*>/g, "").replaceAll(/\s+/g, " ")
    .trim();
}
