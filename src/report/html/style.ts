/**
 * The style of the page: system fonts, light or dark as the reader prefers, from a phone's width up.
 *
 * @module
 */

/** The style sheet. Text on its background has a contrast of 4.5 to 1 or more, a bar on its track 3 to 1 (WCAG 2.2). */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fff; --text: #1b1f24; --soft: #57606a; --line: #d8dde3; --track: #edf0f3; --link: #0a58a8;
  --plain: #3a6ea5; --good: #217a4b; --fair: #9a6700; --bad: #b3392b; --notice: #fff6dd; --shade: #1b1f2433;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #15181c; --text: #e4e7eb; --soft: #a4adb8; --line: #343a42; --track: #262b31; --link: #7fb7f5;
    --plain: #6fa3d8; --good: #55b883; --fair: #d9a53a; --bad: #ee8074; --notice: #332a12; --shade: #000000b3;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 2.5rem 1.25rem 3rem; max-width: 76rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif;
}
h1, h2, h3 { line-height: 1.25; font-weight: 600; }
h1 { margin: 0; font-size: clamp(1.5rem, 1.2rem + 1.6vw, 2rem); letter-spacing: -.015em; }
h1 small { display: block; margin-top: .25rem; font-size: 1rem; line-height: 1.4; letter-spacing: 0; overflow-wrap: anywhere; }
h2 { margin: 0 0 .75rem; padding-top: .75rem; border-top: 2px solid var(--text); font-size: 1.2rem; }
h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--link); }
small { color: var(--soft); font-size: .8125rem; font-weight: 400; }
code { font: .875em ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }

time { white-space: nowrap; }
.lead { margin-top: 1rem; font-size: 1.25rem; line-height: 1.4; text-wrap: pretty; }
.about, footer { color: var(--soft); }
.notice { padding: .6rem .9rem; border-left: 4px solid var(--fair); background: var(--notice); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .25rem 0; }
main { display: grid; gap: 2.5rem 3rem; margin: 2rem 0 3rem; }
section { min-width: 0; }
footer { padding-top: .75rem; border-top: 1px solid var(--line); font-size: .875rem; }

.whole { display: block; width: 100%; height: 1.5rem; background: var(--track); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: .5rem 0 0; padding: 0; list-style: none; font-size: .875rem; }
.swatch { display: inline-block; width: .75rem; height: .75rem; margin-right: .5rem; }
.swatch.good { background: var(--good); }
.swatch.fair { background: var(--fair); }
.swatch.bad { background: var(--bad); }
rect.plain { fill: var(--plain); }
rect.good { fill: var(--good); }
rect.fair { fill: var(--fair); }
rect.bad { fill: var(--bad); }

dl { margin: 1.25rem 0 0; }
dt { color: var(--soft); font-size: .8125rem; }
dd { margin: 0; font-variant-numeric: tabular-nums; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.25rem, 1fr)); gap: 1.25rem 1.5rem; }
.figures dd { font-size: 1.5rem; line-height: 1.3; }
.figures small { display: block; }
.points { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; margin-top: .5rem; }

table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .875rem; }
caption { padding: 0 0 .4rem; color: var(--soft); text-align: left; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
thead th { border-bottom-color: var(--soft); color: var(--soft); vertical-align: bottom; }
.n { padding-left: .5rem; text-align: right; white-space: nowrap; }
.bars { width: 100%; }
.bars th[scope=row] { overflow-wrap: anywhere; }
.bars td:last-child { width: 38%; padding-right: 0; }
.share { display: flex; align-items: center; gap: .6rem; }
.share svg { flex: 1; width: 0; min-width: 3rem; height: .75rem; background: var(--track); }
.share span { min-width: 2.9em; text-align: right; }

.wide {
  overflow-x: auto; margin-top: .75rem; background-repeat: no-repeat; background-position: left, right, right;
  background-size: 3rem 100%, 3rem 100%, .75rem 100%; background-attachment: local, local, scroll;
  background-image: linear-gradient(to right, var(--page), transparent), linear-gradient(to left, var(--page) 1rem, transparent), linear-gradient(to left, var(--shade), transparent);
}
.wide table { min-width: 100%; border-collapse: separate; border-spacing: 0; }
.wide th, .wide td { white-space: nowrap; }
.wide tr > :first-child { position: sticky; left: 0; background: var(--page); }
.wide .share { min-width: 8.5rem; }
.wide td:last-child { padding-right: 0; }

figure { margin: 0; min-width: 0; }
figcaption { font-weight: 600; }
.pair { display: grid; gap: 2rem 3rem; margin-top: 1rem; }
.plot { display: block; width: 100%; max-width: 32rem; height: auto; margin-top: .5rem; overflow: visible; }
.plot text { fill: var(--soft); font-size: 11.5px; font-variant-numeric: tabular-nums; }
.grid { stroke: var(--line); }
.axis { stroke: var(--soft); fill: none; }
.line { stroke: var(--plain); stroke-width: 2; fill: none; stroke-linejoin: round; }
.l1 { stroke: var(--good); stroke-dasharray: 7 3; }
.l2 { stroke: var(--bad); stroke-dasharray: 2 3; }
.l3 { stroke: var(--fair); stroke-dasharray: 9 3 2 3; }
.l4 { stroke: var(--text); stroke-dasharray: 4 2; }
.sample { width: 1.75rem; height: .5rem; margin-right: .4rem; }
.median { stroke: var(--text); stroke-dasharray: 3 3; fill: none; }

.findings { --badge: 5.5rem; margin: 0; padding: 0; list-style: none; }
.findings.failures { --badge: 7rem; }
.findings + .wide { margin-top: 1.75rem; }
.findings > li { display: grid; gap: .3rem 2rem; padding: .75rem 0; border-bottom: 1px solid var(--line); }
.findings h3 { display: grid; grid-template-columns: auto minmax(0, 1fr); align-items: baseline; gap: .75rem; }
.findings h3 code { font-weight: 600; }
.findings ul { display: grid; gap: .3rem; margin: 0; padding: 0; list-style: none; font-size: .9375rem; overflow-wrap: anywhere; }
.findings ul code { color: var(--soft); }
.findings ul small { display: block; }
.rate { display: flex; align-items: center; gap: .6rem; max-width: none; margin: 0; font-size: .9375rem; font-variant-numeric: tabular-nums; }
.rate .share { flex: 1; }
.rate small { min-width: 4rem; text-align: right; }
.badge { min-width: var(--badge); padding: 0 .5rem; border: 1px solid; border-radius: 3px; font-size: .8125rem; line-height: 1.5; text-align: center; }
.badge.fail { color: var(--bad); }
.badge.warn { color: var(--fair); }
.badge.pass { color: var(--good); }

details { margin-top: .75rem; }
summary { padding: .25rem 0; color: var(--link); cursor: pointer; font-size: .875rem; }
button, input { font: inherit; color: inherit; }
th button { padding: 0; border: 0; background: none; color: var(--link); text-align: inherit; cursor: pointer; }
th button::after { content: "\\2195"; margin-left: .3em; color: var(--soft); }
[aria-sort=ascending] button::after { content: "\\2191"; }
[aria-sort=descending] button::after { content: "\\2193"; }
.search { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .75rem; }
.search input { flex: 0 1 24rem; min-width: 0; padding: .4rem .6rem; border: 1px solid var(--soft); border-radius: 3px; background: var(--page); }
.more { margin: .75rem .5rem 0 0; padding: .4rem .9rem; border: 1px solid var(--soft); border-radius: 3px; background: none; cursor: pointer; }
[hidden] { display: none; }

@media (max-width: 40rem) {
  body { padding-top: 1.5rem; }
  .wide tr > :first-child { min-width: 10.5rem; max-width: 10.5rem; white-space: normal; overflow-wrap: anywhere; border-right: 1px solid var(--line); }
  .wide tr > :nth-child(2) { padding-left: .6rem; }
}
@media (min-width: 48rem) {
  .findings > li { grid-template-columns: minmax(0, 1fr) 20rem; }
  .findings ul { grid-column: 1; padding-left: calc(var(--badge) + .75rem); }
  .findings.failures ul { grid-column: 1 / -1; }
}
@media (min-width: 60rem) {
  main { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  section { grid-column: 1 / -1; }
  section.half { grid-column: auto; }
  .pair { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .figures { grid-template-columns: repeat(4, minmax(0, 1fr)); }
}
@media print {
  html { font-size: 80%; }
  body { max-width: none; padding: 0; }
  nav, .search, .more, [role=status], details:not([open]), th button::after { display: none; }
  h2, h3, caption { break-after: avoid; }
  .findings > li, tr, figure, .figures > div { break-inside: avoid; }
  .whole, .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .wide { overflow: visible; background: none; }
  .wide table { font-size: .625rem; }
  .wide th, .wide td { padding-right: .3rem; white-space: normal; }
  .wide tr > :first-child { position: static; min-width: 12em; max-width: none; border-right: 0; }
  .wide .share { min-width: 0; }
  .wide .share svg { display: none; }
}
`;
