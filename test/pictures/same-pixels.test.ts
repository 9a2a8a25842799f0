import * as pairlab from "pairlab";
import { pictureCodecs } from "pairlab/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Site } from "../support/bundled-site.js";
import { launchBrowser } from "../support/launch.js";
import { expected, fixture, fixtureNames, flag, flagNames } from "../support/pictures.js";
import { BROWSERS } from "../support/programs.js";
import { type PictureReport, picturesReport } from "./report.js";
import { servePictures } from "./server.js";

/** For a machine that is busy with other things; nothing here measures time. */
const PATIENCE = 300_000;

const files = new Map([
  ...fixtureNames().map((name) => [name, fixture(name)] as const),
  ...flagNames().map((name) => [name, flag(name)] as const),
]);

let site: Site;
/** What Node.js gives, with the package as built. */
let reports: PictureReport[];

beforeAll(async () => {
  site = await servePictures(files);
  const named = [...files].map(([name, bytes]) => ({ name, bytes }));
  reports = await picturesReport(named, { ...pairlab, codecs: pictureCodecs() });
}, PATIENCE);
afterAll(() => site?.close());

describe("Node.js", () => {
  test("has the pixels of Pillow", () => {
    for (const [name, { height, width, channels, pixels }] of Object.entries(expected.files)) {
      const report = reports.find((each) => each.name === name);
      expect(report).toMatchObject({ name, says: `${height}×${width}×${channels}` });
      expect(report?.sha256[0]).toBe(pixels);
    }
  });

  test("decodes 291 images, and refuses the others and all halves", () => {
    expect(reports.filter(({ sha256 }) => sha256.length > 0)).toHaveLength(291);
    for (const { name, says, sha256 } of reports)
      if (sha256.length === 0) expect(says.slice(0, 17 + name.length)).toBe(`InvalidRequest: ${name} `);
  });
});

test.for(BROWSERS.map(({ title }) => title))(
  "%s has the same pixels and the same refusals",
  { timeout: PATIENCE },
  async (title) => {
    const browser = await launchBrowser(title, { timeout: PATIENCE, protocolTimeout: PATIENCE });
    try {
      const page = await browser.newPage();
      await page.goto(site.url);
      // As text, so that no compiler of the tests' own modules touches it.
      const answer = await page.evaluate(`decodeAll(${JSON.stringify([...files.keys()])})`);
      expect(JSON.parse(String(answer))).toEqual(reports);
    } finally {
      await browser.close();
    }
  },
);
