import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { furtherArchitectures, PAPER_NETWORKS } from "../../core/architectures/registry.js";
import { distinctColours, networkColour, SHARED_COLOURS } from "./network-colour.js";

const style = readFileSync(new URL("../style.css", import.meta.url), "utf8");

/** The colours of light and of dark, by their names in CSS. */
const schemes = style
  .split("@media screen and (prefers-color-scheme: dark)")
  .map(
    (part) =>
      new Map([...part.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", colour = ""]) => [name, colour])),
  );

/** WCAG 2's relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const nameIn = (value: string) => /^var\((--[\w-]+)\)$/.exec(value)?.[1] ?? "";

test("the paper's networks have a colour each, and all others share some by their names", () => {
  expect(new Set(PAPER_NETWORKS.map(networkColour)).size).toBe(PAPER_NETWORKS.length);
  const others = [...furtherArchitectures.map(({ name }) => name), "my-network", "ä"].map(networkColour);
  expect(new Set(others).size).toBe(SHARED_COLOURS);
  for (const other of others) expect(PAPER_NETWORKS.map(networkColour)).not.toContain(other);
  expect(networkColour("quick")).toBe(networkColour("quick"));
});

test("every colour is three times as bright or as dark as what it lies on, in light and in dark", () => {
  const [light, dark] = schemes;
  const all = [...PAPER_NETWORKS.map(networkColour), ...["a", "b", "c"].map(networkColour)].map(nameIn);
  for (const scheme of [light, dark])
    for (const name of all)
      for (const ground of ["--paper", "--card"]) {
        const [colour = "", under = ""] = [scheme?.get(name), scheme?.get(ground)];
        expect(contrast(colour, under), `${name} ${colour} on ${ground}`).toBeGreaterThanOrEqual(3);
      }
});

test("runs that are drawn together have different colours, and each network its own where it comes first", () => {
  const names = ["mlp", "mlp", "simple-cnn", "quick", "mlp"];
  const colours = distinctColours(names);
  expect(new Set(colours).size).toBe(5);
  for (const i of [0, 2, 3]) expect(colours[i]).toBe(networkColour(names[i] ?? ""));
  // There are no more than eight: further ones are named by their labels only.
  expect(distinctColours(new Array(20).fill("mlp"))).toHaveLength(20);
});
