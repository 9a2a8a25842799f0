import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GLOSSARY, piecesOf, termNames } from "./glossary.js";

const WEB = join(import.meta.dirname, "..");

test("each word has one plain sentence that is not cut", () => {
  for (const name of termNames) {
    const { meaning } = GLOSSARY[name];
    expect(meaning, name).toMatch(/^[A-Z].*[a-z0-9]\.$/);
    expect(meaning.match(/[.!?](\s|$)/g), name).toHaveLength(1);
    expect(meaning.length, name).toBeLessThanOrEqual(180);
  }
});

test("every word that a view marks is in the list", () => {
  const views = readdirSync(WEB, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
  const used = views.flatMap((file) =>
    [...readFileSync(join(WEB, file), "utf8").matchAll(/<Term of="([^"]+)"/g)].map(([, name]) => name),
  );
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((name) => !termNames.includes(name as (typeof termNames)[number]))).toEqual([]);
});

test("what the page prints most is explained", () => {
  const printed =
    "nats, logit, softmax, cross-entropy, batch norm, ReLU, kernel, feature map, trunk, head, auxiliary loss, weight sharing, AUC, equal error rate, calibration, false accept, false reject, interval, standard deviation, epoch, seed, round";
  const pieces = piecesOf(printed);
  expect(pieces.filter((piece) => typeof piece !== "string")).toHaveLength(printed.split(", ").length);
  expect(pieces.filter((piece) => typeof piece === "string")).toEqual(
    Array.from({ length: printed.split(", ").length - 1 }, () => ", "),
  );
});

test("a text's terms are marked once, the longest of those that fit, and as whole words", () => {
  expect(piecesOf("An equal error rate (95% interval 1–2%), no equal error rate.")).toEqual([
    ...["An ", { of: "equal error rate", text: "equal error rate" }, " ("],
    ...[{ of: "interval", text: "95% interval" }, " 1–2%), no equal error rate."],
  ]);
  expect(piecesOf("surround, reseeded, ahead")).toEqual(["surround, reseeded, ahead"]);
  expect(piecesOf("Heads")).toEqual(["Heads"]);
  expect(piecesOf("the head", new Set(["head"]))).toEqual(["the head"]);
  for (const text of ["", "no word", "Seed 3, log loss (nats)"])
    expect(
      piecesOf(text)
        .map((piece) => (typeof piece === "string" ? piece : piece.text))
        .join(""),
    ).toBe(text);
});
