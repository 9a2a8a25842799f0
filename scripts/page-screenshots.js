/**
 * Pictures of every view of the page, light and dark, for docs/page: trains the paper's networks in the page, and two by the
 * command line. `npm run build && npx tsc -b bench && node scripts/page-screenshots.js`, with Chromium at /usr/bin/chromium or $CHROMIUM.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchChromium, startServing } from "../dist/bench/served-page.js";

const OUT = "docs/page";
const ROUNDS = 3;
const NETWORKS = "mlp,simple-cnn,weight-sharing,weight-sharing-auxiliary,one-by-one";
/** Strokes in parts of a pad: a 3 and a 7. */
const DIGITS = [
  [
    [0.3, 0.25],
    [0.36, 0.18],
    [0.46, 0.15],
    [0.57, 0.18],
    [0.64, 0.26],
    [0.63, 0.36],
    [0.56, 0.44],
    [0.45, 0.48],
    [0.58, 0.52],
    [0.66, 0.6],
    [0.66, 0.72],
    [0.58, 0.81],
    [0.46, 0.85],
    [0.36, 0.83],
    [0.29, 0.77],
  ],
  [
    [0.28, 0.2],
    [0.5, 0.2],
    [0.72, 0.2],
    [0.6, 0.45],
    [0.5, 0.65],
    [0.42, 0.85],
  ],
];

const folder = mkdtempSync(join(tmpdir(), "pairlab-pictures-"));
const runs = join(folder, "runs");
const pairlab = (...words) => ["bin/pairlab.js", ...words, "--runs", runs];
execFileSync("node", [...pairlab("compare", "mlp", "one-by-one", "--rounds", "3"), "--out", join(folder, "report")], {
  stdio: "ignore",
});
execFileSync("node", pairlab("train", "mlp", "--epochs", "10"), { stdio: "ignore" });
const server = await startServing("--runs", runs);
const browser = await launchChromium();
mkdirSync(OUT, { recursive: true });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 960 });

  await page.goto(`${server.url}#/train?networks=${NETWORKS}&seed=0&rounds=${ROUNDS}`);
  const start = await page.waitForSelector('::-p-aria(Start[role="button"]):not([disabled])');
  await take("train");
  await start.click();
  await page.waitForFunction('document.querySelector(".controls [role=status]")?.textContent === "Done."', {
    timeout: 600_000,
  });
  await page.waitForSelector(".error-curves .mean");
  await page.evaluate('document.getElementById("results").scrollIntoView()');
  await take("results");

  await view("draw");
  await page.setViewport({ width: 1440, height: 640 });
  for (const [i, pad] of (await page.$$(".sheet > svg")).entries()) await draw(pad, DIGITS[i]);
  await page.waitForSelector(".answers td");
  await take("draw");

  await page.setViewport({ width: 1280, height: 1080 });
  await view("inside");
  const network = await page.waitForSelector(".choice select");
  const chosen = await network.evaluate(
    (select) =>
      [...select.options].find(({ text }) => text.startsWith("weight sharing + auxiliary loss, seed 0")).value,
  );
  await network.select(chosen);
  await page.waitForFunction('document.querySelectorAll(".worth-plot svg").length === 2');
  await page.waitForFunction('document.getElementById("mistakes")');
  await take("worth");
  await page.evaluate('document.querySelector(".layers .sides").scrollIntoView({ block: "end" })');
  await take("inside");
  await page.evaluate('document.getElementById("mistakes").scrollIntoView()');
  await take("mistakes");

  await page.setViewport({ width: 1280, height: 800 });
  await view("runs");
  await (await page.waitForSelector("tbody button")).click();
  await take("runs");

  async function view(name) {
    await page.evaluate(`document.querySelector('nav a[href^="#/${name}"]').click()`);
    await page.evaluate("scrollTo(0, 0)");
  }

  /** Two pictures of the visible part. */
  async function take(name) {
    for (const mode of ["light", "dark"]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: mode }]);
      await page.evaluate("new Promise((shown) => setTimeout(shown, 500))");
      await page.screenshot({ path: join(OUT, `${name}-${mode}.png`) });
    }
  }

  async function draw(pad, points) {
    const { x, y, width, height } = await pad.boundingBox();
    const at = ([right, down]) => [x + right * width, y + down * height];
    await page.mouse.move(...at(points[0]));
    await page.mouse.down();
    for (const point of points.slice(1)) await page.mouse.move(...at(point), { steps: 3 });
    await page.mouse.up();
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
