import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { expect, it } from "vitest";
import { fusesMultiplyAdd } from "./fused.js";
import { compileKernels } from "./kernels.js";

const bytesOf = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../dist/core/kernels/${name}`, import.meta.url));

it("the fused build rounds once here, and the base build twice", () => {
  setFlagsFromString("--experimental-wasm-relaxed-simd");
  expect(fusesMultiplyAdd(compileKernels(bytesOf("kernels.fused.wasm")))).toBe(true);
  expect(fusesMultiplyAdd(compileKernels(bytesOf("kernels.wasm")))).toBe(false);
});

it("a fused multiply-add is the only instruction whose result another machine may have otherwise", async () => {
  const { default: binaryen } = await import("assemblyscript/binaryen");
  const textOf = (name: string) => binaryen.readBinary(bytesOf(name)).emitText();
  const relaxed = (text: string) => new Set(text.match(/\S*relaxed\S*/g));
  expect(relaxed(textOf("kernels.fused.wasm"))).toEqual(new Set(["(f32x4.relaxed_madd"]));
  expect(relaxed(textOf("kernels.wasm"))).toEqual(new Set());
});
