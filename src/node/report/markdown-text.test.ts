import { expect, test } from "vitest";
import { markdownCode, markdownText } from "./markdown-text.js";

// As CommonMark has it: a backslash before a mark of punctuation leaves the mark alone.
test.each([
  ["a table's cell, emphasis, a link, a line", "a|b<c>*_[x](y)\n# h", "a\\|b&lt;c>\\*\\_[x\\](y)\\\\n# h"],
  ["code and strikethrough", "`rm` ~~gone~~", "\\`rm\\` \\~\\~gone\\~\\~"],
  ["HTML and entities", "<script>&amp;", "&lt;script>&amp;amp;"],
  ["links by reference and their definitions", "[a][b] [c]: d", "[a\\][b] [c\\]: d"],
  ["backslashes", "a\\*b", "a\\\\\\*b"],
  ["what moves a terminal's cursor, or turns text", "\u001B[2J\u202Ex", "\\\\x1b[2J\\\\u202ex"],
])("%s are shown, not obeyed", (_, text, markdown) => {
  expect(markdownText(text)).toBe(markdown);
});

test.each([
  ["# h", "\\# h"],
  ["## h", "\\## h"],
  ["> q", "\\> q"],
  ["- a", "\\- a"],
  ["1. a", "1\\. a"],
  ["12) a", "12\\) a"],
  ["---", "\\---"],
  ["===", "\\==="],
])("%s begins no heading, list, quotation or rule", (text, markdown) => {
  expect(markdownText(text)).toBe(markdown);
});

test.each([
  "19.5% ± 1.0 pt",
  "2.9 points [2.1, 3.8] (n = 30, p = 0.012)",
  "−2.9 [−3.8, −2.1]",
  "weight-sharing + auxiliary loss",
  "MNIST, SHA-256 5e5e",
  "-0.5",
])("what needs nothing stays as it is: %s", (text) => {
  expect(markdownText(text)).toBe(text);
});

test("code is fenced by more backticks than it has", () => {
  expect(markdownCode("pairlab worth")).toBe("```sh\npairlab worth\n```");
  expect(markdownCode("a ```` b\n```")).toBe("`````sh\na ```` b\\n```\n`````");
});
