import type { Block, DrawnFigure, ReportPart } from "../../core/experiments/shared/part.js";
import type { Table } from "../../core/text/table.js";
import { STYLE } from "./style.js";
import { html, type Markup, prose, raw } from "./template.js";
import { introductionOf, titleOf } from "./title.js";

/** Nothing may be fetched and nothing may run: the file is the whole report. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The report as one HTML file that needs nothing else, no network and no script. */
export function reportPage(parts: readonly ReportPart[]): string {
  const [first, ...others] = parts;
  const title = first && others.length === 0 ? first.title : titleOf(parts);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${first && others.length === 0 ? partOf(first, 2) : several(parts)}
</main>
</body>
</html>
`;
  return page.text;
}

function several(parts: readonly ReportPart[]): Markup {
  return html`<p class="lead">${prose(introductionOf(parts))}</p>
<nav aria-label="Parts">
<ul>
${parts.map(({ name, title }) => html`<li><a href="#${name}">${prose(title)}</a></li>`)}
</ul>
</nav>
${parts.map(
  (part) => html`<section id="${part.name}">
<h2>${prose(part.title)}</h2>
${partOf(part, 3)}
</section>`,
)}`;
}

function partOf({ introduction, blocks, files }: ReportPart, level: 2 | 3): Markup {
  const written = files.map(({ fileName, holds }) => html`<a href="${fileName}">${fileName}</a> has ${holds},`);
  return html`<p class="lead">${prose(introduction)}</p>
${blocks.map((block) => blockOf(block, level))}
<p>Written beside this page: ${written} <a href="report.md">report.md</a> this report as Markdown, and
<code>figures/</code> each figure as an SVG file.</p>`;
}

function blockOf(block: Block, level: 2 | 3): Markup {
  switch (block.kind) {
    case "heading":
      return heading(block.text, level);
    case "text":
      return html`<p>${prose(block.text)}</p>`;
    case "sentences":
      return html`<ul>
${block.sentences.map((sentence) => html`<li>${prose(sentence)}</li>`)}
</ul>`;
    case "figure":
      return figure(block.figure);
    case "table":
      return scrolling(block.table.title, tableOf(block.table));
    case "fold":
      return fold(block.summary, block.table);
    case "settings":
      return html`<dl>
${block.settings.map(({ name, value }) => html`<div><dt>${prose(name)}</dt><dd>${prose(value)}</dd></div>`)}
</dl>`;
    case "command":
      return html`${heading("The same numbers again", level)}
<pre tabindex="0"><code>${block.command}</code></pre>`;
  }
}

const heading = (text: string, level: 2 | 3): Markup =>
  level === 2 ? html`<h2>${prose(text)}</h2>` : html`<h3>${prose(text)}</h3>`;

/** A box for content that may be wider than a phone; without a pointer it scrolls with the arrow keys. */
const scrolling = (name: string, inside: Markup): Markup =>
  html`<div class="scrolling" role="region" aria-label="${name}" tabindex="0">${inside}</div>`;

const figure = ({ name, svg, caption }: DrawnFigure): Markup =>
  html`<figure>
${scrolling(name, raw(svg))}
${caption ? html`<figcaption>${prose(caption)}</figcaption>` : ""}
</figure>`;

function fold(summary: string, table: Table): Markup {
  const [title = "", ...remark] = summary.split(": ");
  return html`<details>
<summary>${prose(title)} <span>${prose(remark.join(": "))}</span></summary>
${scrolling(table.title, tableOf({ ...table, title: "" }))}
</details>`;
}

function tableOf({ title, caption, columns, rows }: Table): Markup {
  const [corner = "", ...headings] = columns;
  return html`<table>
${title ? html`<caption><span><strong>${prose(title)}</strong> ${prose(caption)}</span></caption>` : ""}
<thead><tr>${corner ? html`<th scope="col">${corner}</th>` : html`<td></td>`}${headings.map((name) => html`<th scope="col">${prose(name)}</th>`)}</tr></thead>
<tbody>
${rows.map(([name = "", ...cells]) => html`<tr><th scope="row">${prose(name)}</th>${cells.map((cell) => html`<td>${cellOf(cell)}</td>`)}</tr>`)}
</tbody>
</table>`;
}

/** Digests and ids are set as code. */
const cellOf = (text: string): Markup | string => (/^[0-9a-f]{16}…?$/.test(text) ? html`<code>${text}</code>` : text);
