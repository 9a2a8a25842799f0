import { expect, test } from "vitest";
import { ownName } from "./own-name.js";

test.each([
  ["flags", "flags"],
  ["/some/where/flags.zip", "flags"],
  ["pairs.csv", "pairs.csv"],
  ["/data/MNIST", "MNIST (own images)"],
  ["/data/MNIST.zip", "MNIST (own images)"],
  ["mnist", "mnist"],
])("%s is called %s", (path, name) => {
  expect(ownName(path)).toBe(name);
});
