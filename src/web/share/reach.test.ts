import { expect, test } from "vitest";
import { isOnlyHere } from "./reach.js";

test.each([
  ["http://127.0.0.1:8414/", true],
  ["http://127.1/", true],
  ["http://localhost:8414/", true],
  ["http://pairlab.localhost/", true],
  ["http://[::1]:8414/", true],
  ["http://192.168.0.7:8414/", false],
  ["http://[fd00::7]/", false],
  ["https://127.example/", false],
  ["https://localhost.example/", false],
])("%s is reached from this machine only: %s", (url, expected) => {
  expect(isOnlyHere(new URL(url).hostname)).toBe(expected);
});
