import { assert, assertEquals } from "@std/assert";
import { STYLE } from "../../../src/report/html/style.ts";

/** The colours of the light and of the dark scheme, by name. */
const SCHEMES = [...STYLE.matchAll(/:root \{([^}]*)\}/g)].map(([, body = ""]) =>
  new Map([...body.matchAll(/--(\w+): (#\w+)/g)].map(([, name = "", color = ""]) => [name, color]))
);

/** Relative luminance (WCAG 2.2). */
function luminance(color: string): number {
  const digits = color.length === 4 ? color.slice(1).replaceAll(/./g, "$&$&") : color.slice(1);
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((i) => {
    const value = Number(`0x${digits.slice(i, i + 2)}`) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

Deno.test("Every colour of text has a contrast of 4.5 to 1 in both schemes, every bar 3 to 1 to its track (WCAG 2.2, AA)", () => {
  assertEquals(SCHEMES.length, 2);
  for (const colors of SCHEMES) {
    const check = (name: string, behind: string, least: number) => {
      const ratio = contrast(colors.get(name) ?? "", colors.get(behind) ?? "");
      assert(ratio >= least, `${name} on ${behind}: ${ratio}`);
    };
    for (const name of ["text", "soft", "link", "good", "fair", "bad"]) check(name, "page", 4.5);
    check("text", "notice", 4.5);
    for (const name of ["plain", "good", "fair", "bad"]) check(name, "track", 3);
  }
});

Deno.test("A wide table keeps its first column in sight, and has a shadow where there is more", () => {
  assert(/\.wide tr > :first-child \{ position: sticky; left: 0; background/.test(STYLE));
  assert(/\.wide \{[^}]*background-attachment: local, local, scroll/.test(STYLE));
});

Deno.test("The style sheet loads nothing, and cannot end its element", () => {
  assertEquals(/url\(|@import|</.test(STYLE), false);
});
