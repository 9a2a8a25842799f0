import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { expect, it } from "vitest";
import { compileKernels } from "../../core/engine/kernels.js";
import { checkBits } from "./probe.js";

const bytesOf = (name: string) => readFileSync(new URL(`../../../dist/core/kernels/${name}`, import.meta.url));
const bytes = bytesOf("kernels.wasm");
/** One half in 32 bits. */
const HALF = Buffer.from(new Float32Array([0.5]).buffer);

it("a build trains to the bits of all others", () => {
  setFlagsFromString("--experimental-wasm-relaxed-simd");
  const fused = compileKernels(bytesOf("kernels.fused.wasm"));
  expect(() => checkBits(compileKernels(bytes), "base")).not.toThrow();
  expect(() => checkBits(fused, "fused")).not.toThrow();
  expect(() => checkBits(fused, "base")).toThrow(/other bits/);
});

it("a build is refused in which one half has another last bit", () => {
  const other = Buffer.from(bytes);
  let found = 0;
  for (let at = other.indexOf(HALF); at >= 0; at = other.indexOf(HALF, at), found++) other[at] = 1;
  expect(found).toBeGreaterThan(0);
  expect(() => checkBits(compileKernels(other), "base")).toThrow(
    /^pairlab on .+ trains to other bits than it should \(weights [0-9a-f]{16}, not 32f5f72fc8f326c7\): reinstall it/,
  );
});
