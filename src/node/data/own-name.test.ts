import { expect, test } from "vitest";
import { nameOfPath } from "./own-name.js";

test.each([
  ["flags", "flags"],
  ["/some/where/flags.zip", "flags"],
  ["pairs.csv", "pairs.csv"],
  ["/data/MNIST", "MNIST (own images)"],
  ["/data/MNIST.zip", "MNIST (own images)"],
  ["mnist", "mnist"],
])("%s is called %s", (path, name) => {
  expect(nameOfPath(path)).toBe(name);
});
