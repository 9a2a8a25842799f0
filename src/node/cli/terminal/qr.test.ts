import { expect, test } from "vitest";
import { Lines } from "./lines.js";
import { halfBlocks } from "./qr.js";

const [X, o] = [true, false];

test("two rows of modules are a line, black on white in any theme", () => {
  const modules = [
    [X, X, o, o],
    [X, o, X, o],
    [o, X, o, X],
  ];
  expect(String(new Lines(halfBlocks(modules)))).toBe(
    "\u001B[38;5;16;48;5;231m█▀▄ \u001B[0m\n\u001B[38;5;16;48;5;231m ▀ ▀\u001B[0m",
  );
});
