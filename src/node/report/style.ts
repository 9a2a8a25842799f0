/** The report's style sheet. Its papers and inks are those of the figures. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --ink: #1f2328;
  --quiet: #57606a;
  --line: #d5dae0;
  --shade: #f4f6f8;
  --shadow: #d5dae0;
  --link: #0b5cad;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a;
    --ink: #e6e9ed;
    --quiet: #a3acb5;
    --line: #343a41;
    --shade: #1d2126;
    --shadow: #3a424a;
    --link: #7cb7f2;
  }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
}
main { max-width: 50rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem }
h1 { margin: 0 0 1rem; font-size: 1.75rem; line-height: 1.2 }
h2 { margin: 2.75rem 0 0.75rem; font-size: 1.25rem; line-height: 1.3 }
h3 { margin: 2rem 0 0.5rem; font-size: 1.0625rem; line-height: 1.3 }
section { margin-top: 3.5rem; border-top: 1px solid var(--line) }
section h2 { font-size: 1.5rem }
nav ul { padding: 0; list-style: none }
p, li, dd { max-width: 42rem }
p { margin: 0 0 1rem; overflow-wrap: anywhere }
.lead { color: var(--quiet) }
ul { margin: 0; padding-left: 1.25rem }
li { margin-bottom: 0.5rem }
a { color: var(--link) }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.875em }
pre { margin: 0 0 1rem; padding: 0.75rem 1rem; overflow-x: auto; background: var(--shade); border-radius: 6px }
pre code { font-size: 0.875rem }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }

/* A shadow at the right edge tells that there is more; at the end, the paper that scrolls along covers it. */
.scrolling {
  overflow-x: auto;
  background:
    linear-gradient(to left, var(--paper) 50%, transparent) right / 3rem 100% local no-repeat,
    linear-gradient(to left, var(--shadow), transparent) right / 0.625rem 100% scroll no-repeat;
}
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9375rem }
.scrolling > table { min-width: 100%; margin-bottom: 1.75rem }
caption { padding-bottom: 0.5rem; text-align: left; color: var(--quiet) }
caption strong { display: block; color: var(--ink) }
/* A table wider than the screen scrolls under its caption and beside its rows' names. */
caption span { display: block; position: sticky; left: 0; max-width: min(42rem, calc(100vw - 2.5rem)) }
tbody th { position: sticky; left: 0; background: var(--paper) }
th, td { padding: 0.375rem 0.75rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap }
th:first-child, td:first-child { padding-left: 0; text-align: left }
th:last-child, td:last-child { padding-right: 0 }
thead th { vertical-align: bottom; font-weight: 600 }
tbody th { font-weight: 400 }

/* Figures bring a margin of their own. */
figure { margin: 0 -0.75rem 2rem }
.pairlab-figure { display: block; width: 100%; min-width: 36rem; height: auto }
.pairlab-figure .paper { visibility: hidden }
figcaption { padding: 0.25rem 0.75rem 0; color: var(--quiet); font-size: 0.9375rem }

dl { margin: 0 }
dl div { padding: 0.5rem 0; border-bottom: 1px solid var(--line) }
dt { font-weight: 600 }
dd { margin: 0; overflow-wrap: anywhere }

details { border-bottom: 1px solid var(--line) }
summary { padding: 0.5rem 0; cursor: pointer }
summary span { color: var(--quiet) }

@media (max-width: 40rem) {
  table { font-size: 0.8125rem }
  th, td { padding: 0.375rem }
  th { white-space: normal }
  thead th:not(:first-child) { min-width: 6.5rem }
}
@media (min-width: 40rem) {
  dl div { display: grid; grid-template-columns: 12rem 1fr; gap: 1rem }
}
@media print {
  main { max-width: none; padding: 0 }
  figure, table { break-inside: avoid }
}
`;
