import { expect, test } from "vitest";
import { blocksOf, commandsOf, linesOf, timeless } from "./blocks.js";

const MARKDOWN = `# A title

\`\`\`js
// one.mjs
console.log(1);
\`\`\`

## Below

\`\`\`console
$ node one.mjs
1
$ true
\`\`\`

\`\`\`sh
one --long \\
  --line  # a remark
two "#3"
\`\`\`

\`\`\`python
# ask.py
print(1)
\`\`\`
`;

test("blocks of a document, with their names, headings and lines", () => {
  const [script, console, shell, python] = blocksOf(MARKDOWN);
  expect(script).toEqual({
    language: "js",
    text: "// one.mjs\nconsole.log(1);",
    line: 3,
    heading: "A title",
    fileName: "one.mjs",
  });
  expect(console).toMatchObject({ heading: "Below", line: 10 });
  expect(console && commandsOf(console)).toEqual([
    { typed: "node one.mjs", said: ["1"] },
    { typed: "true", said: [] },
  ]);
  expect(shell && linesOf(shell)).toEqual(["one --long --line", 'two "#3"']);
  expect(python).toMatchObject({ fileName: "ask.py", language: "python" });
});

test("what took how long is left out, and nothing else", () => {
  expect(timeless(["5 runs in 2 min 3 s", "3 steps"])).toEqual(["5 runs in TIME TIME", "3 steps"]);
});
