import { expect, test } from "vitest";
import { isOnlyHere, urlForOthers } from "./reach.js";

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

test.each([
  ["http://localhost:8414/#/draw?seed=1", ["192.168.0.7", "10.0.0.7"], "http://192.168.0.7:8414/#/draw?seed=1"],
  ["http://127.0.0.1:8414/", ["[fd00::7]"], "http://[fd00::7]:8414/"],
  ["http://127.0.0.1:8414/", undefined, undefined],
  ["http://127.0.0.1:8414/", ["no host"], undefined],
  ["http://pairlab.example/lesson/#/draw", ["192.168.0.7"], "http://pairlab.example/lesson/#/draw"],
])("other devices find %s, served at %j, at %s", (own, network, expected) => {
  expect(urlForOthers(own, network)).toBe(expected);
});
