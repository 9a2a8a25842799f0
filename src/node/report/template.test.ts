import { expect, test } from "vitest";
import { html, prose, raw } from "./template.js";

test("inserted text is escaped, markup and lists of it are not", () => {
  const title = `"a" < 'b' & c`;
  expect(html`<p title="${title}">${[html`<b>${1}</b>`, raw("<i>2</i>")]}</p>`.text).toBe(
    '<p title="&quot;a&quot; &lt; &#39;b&#39; &amp; c"><b>1</b>\n<i>2</i></p>',
  );
});

test("prose gets curved quotation marks, and quantities that do not break", () => {
  expect(prose("2.9 points [2.1, 3.8] (n = 30, p < 0.001)")).toBe(
    "2.9 points [2.1,\u00a03.8] (n\u00a0=\u00a030, p\u00a0<\u00a00.001)",
  );
  expect(prose(`the paper's "12.54% ± 0.95 pt" ("a")`)).toBe("the paper’s “12.54%\u00a0±\u00a00.95\u00a0pt” (“a”)");
});
