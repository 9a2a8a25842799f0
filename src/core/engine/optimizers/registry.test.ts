import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { OptimizerKind } from "./optimizer.js";
import { OPTIMIZER_KINDS } from "./registry.js";

const files = readdirSync(import.meta.dirname).filter((name) => !name.endsWith(".test.ts"));

test.each(files)("the optimizer in %s, if there is one, is in the registry", async (file) => {
  const { default: kind } = (await import(`./${file.slice(0, -3)}.ts`)) as { readonly default?: OptimizerKind };
  if (kind) expect(Object.values(OPTIMIZER_KINDS)).toContain(kind);
});
