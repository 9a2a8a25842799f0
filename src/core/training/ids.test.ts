import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DIGIT_PAIRS } from "../network/index.js";
import type { SettingOverrides } from "../settings/training-settings.js";
import { makeJob } from "./job.js";

interface Pinned {
  readonly settings: Readonly<Record<string, SettingOverrides>>;
  /** Ids by architecture and by the name of its settings, of version 0.1.0. */
  readonly ids: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const { settings, ids }: Pinned = JSON.parse(readFileSync(new URL("ids.json", import.meta.url), "utf8"));
const dataset = { name: "stripes", sha256: "0".repeat(64) };
const engine = { version: "0", simd: "base", kernels: "0".repeat(64) } as const;

describe("a run keeps the id that it always had", () => {
  test.each(Object.keys(ids))("%s", (name) => {
    const pinned = ids[name] ?? {};
    const now = Object.keys(pinned).map((what) => [
      what,
      makeJob(name, 7, { ...dataset, shape: DIGIT_PAIRS }, engine, settings[what]).id,
    ]);
    expect(Object.fromEntries(now)).toEqual(pinned);
  });
});
