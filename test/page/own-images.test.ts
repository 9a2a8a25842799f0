import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import type { RunRecord } from "../../src/core/index.js";
import { writeFlags } from "../support/own-images.js";
import { usePages } from "./support/pages.js";

const CLASSES = 14;

const pages = usePages({
  async images(folder) {
    process.env.PAIRLAB_CACHE = `${dirname(folder)}/cache`;
    await mkdir(folder);
    await writeFlags(folder, CLASSES, 24);
    return ["--data", folder, "--size", "16x24", "--fit", "pad"];
  },
});

describe("colour pictures of 14 classes that nobody has split", () => {
  test("train in the page to the ids and bits of the command line", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/train?networks=matching&seed=3&rounds=1&epochs=2");
    await visitor.sees("two 16×24 colour images of 14 classes and says whether the first is the same as the second");
    expect(await visitor.address()).toContain("relation=equal");
    await visitor.train();
    const record = await pages.json<RunRecord>(..."train matching --seed 3 --epochs 2 --relation equal".split(" "));
    expect(await visitor.hashes()).toEqual({ "matching 3": record.weightsSha256 });
    await visitor.press("look inside", "link");
    await visitor.sees("Its mistakes, worst first");
    expect(await visitor.address()).toContain(`run=${record.id}`);
  });
});
