/**
 * The film of the page at the top of README.md, docs/page/film.webp: the page is opened for the first time, trains its five networks, and
 * answers two drawn digits. `npm run build && npx tsc -b bench && node scripts/page-film.js`, with Chromium at /usr/bin/chromium or
 * $CHROMIUM. It needs img2webp, which Debian and Ubuntu have in the package webp: `apt-get install webp`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { launchChromium, startServing } from "../dist/bench/served-page.js";

const OUT = "docs/page/film.webp";
const SIZE = { width: 960, height: 600 };
/** In ms, in the page and in the film. */
const FRAME = 200;
/** The film shows so many frames of the training: where a machine takes longer, they are as many at even distances. */
const TRAINING_FRAMES = 36;
/** In ms: the end of the training, and the last answer, stay so long. */
const [TRAINED_STAYS, ANSWER_STAYS] = [1400, 2400];
const MOST_BYTES = 1_000_000;
/** A 3 and a 7, in parts of a pad. */
const DIGITS = [
  [
    [0.3, 0.25],
    [0.45, 0.15],
    [0.6, 0.2],
    [0.65, 0.32],
    [0.55, 0.45],
    [0.45, 0.48],
    [0.58, 0.52],
    [0.66, 0.65],
    [0.6, 0.8],
    [0.45, 0.85],
    [0.3, 0.78],
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

requireEncoder();
const folder = mkdtempSync(join(tmpdir(), "pairlab-film-"));
const server = await startServing("--runs", join(folder, "runs"));
const browser = await launchChromium({ args: ["--hide-scrollbars"] });
try {
  const page = await browser.newPage();
  await page.setViewport(SIZE);
  /** Files, and how long each is shown in ms. */
  const frames = [];
  const take = async (stays = FRAME) => {
    const file = join(folder, `${String(frames.length).padStart(4, "0")}.png`);
    writeFileSync(file, await page.screenshot({ optimizeForSpeed: true }));
    frames.push({ file, stays });
  };

  await page.goto(server.url, { waitUntil: "domcontentloaded" });
  let began = performance.now();
  while (!(await page.evaluate('document.querySelector(".controls [role=status]")?.textContent === "Done."'))) {
    const next = performance.now() + FRAME;
    if (await page.$(".loading")) began = next;
    // Images that are still to come look the same for a while.
    if (frames.length < 3 || (await page.$(".loading")) === null) await take();
    await setTimeout(Math.max(0, next - performance.now()));
  }
  const seconds = (performance.now() - began) / 1000;
  const training = evenly(frames.splice(0), TRAINING_FRAMES);
  frames.push(...training);
  // The last bars glide to their places.
  await setTimeout(500);
  await take(TRAINED_STAYS);

  await page.evaluate(`document.querySelector('nav a[href^="#/draw"]').click()`);
  await page.waitForFunction('document.querySelectorAll(".try button").length > 0');
  await take(2 * FRAME);
  for (const [i, pad] of (await page.$$(".sheet > svg")).entries()) await draw(pad, DIGITS[i]);
  await page.waitForFunction('/says:/.test(document.querySelector(".answer")?.textContent ?? "")');
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null');
  await take(ANSWER_STAYS);

  const words = frames.flatMap(({ file, stays }) => ["-d", String(stays), file]);
  execFileSync("img2webp", ["-loop", "0", "-min_size", "-lossy", "-q", "70", "-m", "6", ...words, "-o", OUT], {
    stdio: "ignore",
  });
  const { size } = statSync(OUT);
  const lasts = frames.reduce((sum, { stays }) => sum + stays, 0) / 1000;
  const rate = seconds / ((training.length * FRAME) / 1000);
  console.log(
    `${OUT}: ${frames.length} frames, ${lasts.toFixed(1)} s, ${(size / 1000).toFixed(0)} kB; the training took ${seconds.toFixed(1)} s, and is ${rate.toFixed(1)} times as fast in the film`,
  );
  if (size > MOST_BYTES) throw new Error(`${OUT} has more than ${MOST_BYTES / 1e6} MB`);

  async function draw(pad, points) {
    const { x, y, width, height } = await pad.boundingBox();
    const at = ([right, down]) => [x + right * width, y + down * height];
    await page.mouse.move(...at(points[0]));
    await page.mouse.down();
    for (const [i, point] of points.slice(1).entries()) {
      await page.mouse.move(...at(point), { steps: 4 });
      if (i % 2 === 1) await take();
    }
    await page.mouse.up();
    await take();
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** So many of a list at even distances, its first and last among them; all where it has no more. */
function evenly(all, most) {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]);
}

/** @throws Error that says what to install */
function requireEncoder() {
  try {
    execFileSync("img2webp", ["-version"], { stdio: "ignore" });
  } catch (error) {
    if (error.code !== "ENOENT") return;
    throw new Error("img2webp is not on PATH: as root on Debian or Ubuntu, apt-get install webp");
  }
}
