import { findArchitecture, printedDigits, type ReproducedArchitecture, type Table } from "../../core/index.js";
import { INTRODUCTION, type ReportContent, TITLE } from "./content.js";
import type { DrawnFigure } from "./figures.js";
import { STYLE } from "./style.js";
import { html, type Markup, prose, raw } from "./template.js";

/** Nothing may be fetched and nothing may run: the file is the whole report. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The report as one HTML file that needs nothing else, no network and no script. */
export function reportPage(content: ReportContent): string {
  const { reproduction, conclusions, tables, figures, settings, command } = content;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="icon" href="data:,">
<title>${TITLE}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>${TITLE}</h1>
<p class="lead">${prose(INTRODUCTION)}</p>

<h2>What agrees with the paper, and what differs</h2>
<ul>
${conclusions.map((sentence) => html`<li>${prose(sentence)}</li>`)}
</ul>

<h2>Results</h2>
${figure(figures.testError)}
${tables.map(resultTable)}

<h2>Curves</h2>
${figures.curves.map(figure)}

<h2>Settings</h2>
<dl>
${settings.map(({ name, value }) => html`<div><dt>${prose(name)}</dt><dd>${prose(value)}</dd></div>`)}
</dl>

<h2>Every round</h2>
${reproduction.architectures.map(roundsOf)}

<h2>The same numbers again</h2>
<pre tabindex="0"><code>${command}</code></pre>
<p>Written beside this page: <a href="reproduce.json">reproduce.json</a> has every number,
<a href="curves.csv">curves.csv</a> the curves, <a href="report.md">report.md</a> this report as Markdown, and
<code>figures/</code> each figure as an SVG file.</p>
</main>
</body>
</html>
`;
  return page.text;
}

/** A box of its own for what may be wider than a phone; who has no pointer scrolls it with the arrow keys. */
const scrolling = (name: string, inside: Markup): Markup =>
  html`<div class="scrolling" role="region" aria-label="${name}" tabindex="0">${inside}</div>`;

const figure = ({ name, svg, caption }: DrawnFigure): Markup =>
  html`<figure>
${scrolling(name, raw(svg))}
${caption ? html`<figcaption>${prose(caption)}</figcaption>` : ""}
</figure>`;

function resultTable({ title, caption, columns, rows }: Table): Markup {
  const [corner = "", ...headings] = columns;
  return scrolling(
    title,
    html`<table>
<caption><span><strong>${title}</strong> ${prose(caption)}</span></caption>
<thead><tr><td>${corner}</td>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>
${rows.map(([name = "", ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
</tbody>
</table>`,
  );
}

function roundsOf({ name, runs }: ReproducedArchitecture): Markup {
  const { title } = findArchitecture(name);
  const errors = runs.map(({ testError }) => testError);
  const lowest = `${printedDigits(Math.min(...errors))}%`;
  const range = runs.length > 1 ? `from ${lowest} to ${printedDigits(Math.max(...errors))}%` : lowest;
  const headings = ["Seed", "Train error", "Test error", "Run", "SHA-256 of the weights"];
  return html`<details>
<summary>${title} <span>test error ${range}</span></summary>
${scrolling(
  `${title}, every round`,
  html`<table>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>
${runs.map(roundRow)}
</tbody>
</table>`,
)}
</details>`;
}

const roundRow = ({ seed, trainError, testError, id, weightsSha256 }: ReproducedArchitecture["runs"][number]): Markup =>
  html`<tr><th scope="row">${seed}</th><td>${printedDigits(trainError)}%</td><td>${printedDigits(testError)}%</td><td><code>${id}</code></td><td><code>${weightsSha256.slice(0, 16)}…</code></td></tr>`;
