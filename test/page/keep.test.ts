import { expect, test } from "vitest";
import { shapedDataset } from "../../src/core/experiments/shared/apparatus.js";
import { makeJob } from "../../src/core/index.js";
import { loadDataset } from "../../src/node/index.js";
import { engineIdentity } from "../../src/node/kernels.js";
import { pairlab } from "../support/pairlab.js";
import { recordsOf } from "./support/downloads.js";
import { usePages } from "./support/pages.js";
import { noteShifts, shifts, whatMoved } from "./support/shifts.js";
import type { Visitor } from "./support/visitor.js";

const pages = usePages({ images: "few" });

/** An address of runs that take a moment. */
const quick = (networks: string, seed: number, rounds: number, epochs = 2) =>
  `#/train?networks=${networks}&seed=${seed}&rounds=${rounds}&epochs=${epochs}&pairs=100`;

/** Reloads the page, and waits until the runs that were kept are there. */
async function comeBack(visitor: Visitor, runs: string): Promise<void> {
  await visitor.page.reload();
  await visitor.ready();
  await visitor.sees(runs);
}

const tray = (visitor: Visitor): Promise<string[]> => visitor.texts(".tray > ol > li > p:first-child");

/** Changes what the browser has of runs, as no program of ours does. */
const spoil = (visitor: Visitor, id: string): Promise<void> =>
  visitor.page.evaluate(
    (damaged) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("pairlab-runs");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const changes = opening.result.transaction(["entries", "runs"], "readwrite");
          const runs = changes.objectStore("runs");
          const asked = runs.get(damaged);
          asked.onsuccess = () => {
            asked.result.weights[asked.result.weights.length - 1] ^= 1;
            runs.put(asked.result);
          };
          changes.objectStore("entries").put({ id: "somebodys", at: 1, bytes: 1 });
          runs.put({ id: "somebodys", what: "a note" });
          changes.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    id,
  );

test("what was trained is there after a reload, to the same bits, and is not trained again", async () => {
  const visitor = await pages.visitor();
  await noteShifts(visitor);
  await visitor.open(quick("mlp,quick", 3, 2));
  await visitor.train();
  const before = await recordsOf(visitor, pages.at("before"));
  expect(before).toHaveLength(4);

  await visitor.page.evaluate(() => scrollTo(0, 0));
  await comeBack(visitor, "4 of 4 runs");
  await visitor.done();
  await visitor.until(() => document.querySelectorAll(".tray > ol > li").length === 1);
  expect(await shifts(visitor), await whatMoved(visitor)).toBeLessThanOrEqual(0.02);
  // The time that training takes differs each time, to the last of its digits.
  expect(await recordsOf(visitor, pages.at("after"))).toEqual(before);
  expect(await visitor.hashes()).toEqual(
    await pages.trained(["mlp", "quick"], [3, 4], "--epochs", "2", "--pairs", "100"),
  );
  // The ladder, the results and the curves have them too.
  await visitor.until(() => document.querySelectorAll("td.strong:not(:empty)").length === 2);
  expect(await visitor.texts(".error-curves .labels em")).toHaveLength(2);

  // The network answers as if it had been trained now.
  await visitor.press("Look inside", "link");
  await visitor.sees("Layer by layer");
});

test("what is damaged or somebody else's is dropped, and said once; the rest is there", async () => {
  const visitor = await pages.visitor();
  await visitor.open(quick("mlp,quick", 5, 1));
  await visitor.train();
  await visitor.sees("2 runs, 0.");
  const [mlp] = (await recordsOf(visitor, pages.at("whole"))).filter(({ architecture }) => architecture === "mlp");
  await spoil(visitor, mlp?.id ?? "");
  await comeBack(visitor, "1 of 2 runs");
  expect(await visitor.runs()).toMatchObject({ "mlp 5": { state: "waiting" }, "quick 5": { state: "finished" } });
  await visitor.sees("2 that were damaged have been dropped: their settings train them again.");
  await comeBack(visitor, "1 of 2 runs");
  await visitor.sees("1 run, 0.");
  expect(await visitor.text()).not.toContain("dropped");
});

test("whichever view trains runs, the title counts them and the browser asks before it loses them; not after", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  const asksAndCounts = async (runs: number) => {
    await expect.poll(() => page.title()).toBe(`0/${runs} · pairlab`);
    const before = asked.length;
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked).toHaveLength(before + 1);
    expect(asked.at(-1)).toBe("beforeunload");
  };
  await visitor.open("#/train?networks=best&seed=1&rounds=1&epochs=100000");
  await visitor.press("Start");
  await visitor.sees("Stop ends it.");
  await asksAndCounts(1);
  await visitor.press("Stop");
  await visitor.sees("Up to");
  // A link to the run, whose settings are in it.
  const dataset = shapedDataset({ dataset: await loadDataset(pages.few) });
  const { id } = makeJob("best", 1, dataset, engineIdentity("base"), { epochs: 100_000 });
  const inside = `#/inside?networks=best&seed=1&rounds=1&epochs=100000&run=${id}`;
  await visitor.turnTo(inside);
  await visitor.press("Train it here");
  await asksAndCounts(1);
  await visitor.turnTo("#/worth?at=1000");
  await visitor.press("Train this point here");
  await asksAndCounts(3);
  await visitor.press("Stop");
  await visitor.turnTo(inside);
  await asksAndCounts(1);
  await visitor.press("Stop");
  await expect.poll(() => page.title()).toBe("Look inside · pairlab");
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => page.isClosed()).toBe(true);
  expect(asked).toHaveLength(4);
  // What the browser notes of the run store's answers is not the page's.
  for (const complaint of visitor.complaints.splice(0)) expect(complaint).toContain("status of 404");
});

test("the title says how far the training is, that it is done until somebody looks, and else the view", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  const turn = (isLookedAt: boolean) =>
    page.evaluate((looked) => {
      Object.defineProperty(document, "visibilityState", { value: looked ? "visible" : "hidden", configurable: true });
      Object.defineProperty(document, "hasFocus", { value: () => looked, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isLookedAt);
  await visitor.open(quick("quick,mlp", 7, 1));
  expect(await page.title()).toBe("Train · pairlab");
  await turn(false);
  const titles = await page.evaluate(() => {
    const seen: string[] = [];
    new MutationObserver(() => seen.push(document.title)).observe(document.head, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return Object.assign(globalThis, { seen }).seen;
  });
  expect(titles).toEqual([]);
  await visitor.train();
  await expect.poll(() => page.title()).toBe("done · pairlab");
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  expect(seen[0]).toBe("0/2 · pairlab");
  expect(seen.at(-1)).toBe("done · pairlab");
  await turn(true);
  expect(await page.title()).toBe("Train · pairlab");
  await visitor.press("Runs", "link");
  await expect.poll(() => page.title()).toBe("Runs · pairlab");
});

test("finished experiments are in the tray: a click brings one back, back goes to the other, and one can be removed", async () => {
  const visitor = await pages.visitor();
  const { page } = visitor;
  await visitor.open(quick("mlp,quick", 2, 1));
  await visitor.train();
  const first = await visitor.hashes();
  await visitor.until(() => document.querySelectorAll(".tray > ol > li").length === 1);
  await visitor.turnTo(quick("mlp,quick", 2, 1, 1));
  await visitor.sees("0 of 2 runs");
  await visitor.train();
  // The last of its runs is kept a moment after the other.
  await visitor.until(() => document.querySelectorAll(".tray > ol > li li").length === 4);
  expect(await tray(visitor)).toEqual(["Epochs 1, training pairs 100; seed 2", "Epochs 2, training pairs 100; seed 2"]);
  expect(await visitor.texts(".tray > ol > li:first-child li > span:first-child")).toEqual(["MLP", "quick"]);

  const there = await visitor.address();
  await visitor.click(".tray > ol > li:nth-child(2) a");
  await visitor.sees("2 of 2 runs");
  await visitor.until(() => location.hash.includes("epochs=2"));
  expect(await visitor.hashes()).toEqual(first);
  await page.goBack();
  await visitor.until((hash) => location.hash === hash, there);
  expect(await visitor.hashes()).not.toEqual(first);

  await visitor.click(".tray > ol > li:nth-child(2) button");
  await visitor.sees("Forget 2 runs?");
  await visitor.press("No");
  await visitor.until(() => document.querySelector(".question") === null);
  expect(await tray(visitor)).toHaveLength(2);
  await visitor.click(".tray > ol > li:nth-child(2) button");
  await visitor.press("Yes, forget");
  await visitor.until(() => document.querySelectorAll(".tray > ol > li").length === 1);
  await comeBack(visitor, "2 of 2 runs");
  await visitor.until(() => document.querySelectorAll(".tray > ol > li").length === 1);
  await visitor.turnTo(quick("mlp,quick", 2, 1));
  await visitor.sees("0 of 2 runs");
});

test("two tabs keep runs for each other", async () => {
  const [one, other] = [await pages.visitor(), await pages.visitor()];
  await one.open(quick("quick", 20, 2));
  await other.open(quick("quick", 30, 2));
  await Promise.all([one.train(), other.train()]);
  // The last of its runs is kept a moment after the other.
  await Promise.all([one.sees("2 runs, 0."), other.sees("2 runs, 0.")]);
  const theirs = await other.hashes();
  await one.turnTo(quick("quick", 30, 2));
  await comeBack(one, "2 of 2 runs");
  expect(await one.hashes()).toEqual(theirs);
  await one.sees("4 runs, 0.");
});

test("ticked groups lie on one axis, with the sentence of each test; titles are those of the view Train", async () => {
  const visitor = await pages.visitor();
  const train = (...words: string[]) =>
    pairlab(["train", ...words, "--epochs", "2", "--data", pages.few, "--runs", pages.at("runs"), "--quiet"]);
  await train("simple-cnn", "--pairs", "100", "--seed", "11");
  await noteShifts(visitor);
  await visitor.open(quick("mlp,quick", 11, 2));
  await visitor.train();
  await visitor.press("Runs", "link");
  await visitor.until(() => document.querySelectorAll(".groups .tick").length === 3);
  expect(await visitor.texts(".groups button.open")).toEqual(["▸ simple CNN", "▸ MLP", "▸ quick"]);
  expect((await visitor.texts(".groups .differs"))[0]).toMatch(/^simple-cnn, epochs 2/);
  expect(await visitor.texts(".side-by-side")).toEqual([]);
  expect(await shifts(visitor), await whatMoved(visitor)).toBeLessThanOrEqual(0.02);

  await visitor.click('[aria-labelledby="kept"] tbody:nth-of-type(1) .tick');
  await visitor.sees("1 ticked: tick another.");
  await visitor.click('[aria-labelledby="kept"] tbody:nth-of-type(2) .tick');
  await visitor.until(() => document.querySelectorAll(".side-by-side .sentences li").length === 1);
  const counts = () =>
    visitor.page.$$eval(".side-by-side", ([section]) =>
      ["polyline.mean", "polygon.band"].map((each) => section?.querySelectorAll(each).length),
    );
  expect(await counts()).toEqual([2, 2]);
  expect((await visitor.texts(".side-by-side .sentences li"))[0]).toMatch(
    /^2 rounds are too few to show any difference between (MLP|quick).* and (MLP|quick).*: that takes at least 6 rounds\./,
  );
  await visitor.sees("Over the rounds that both have: seeds 11–12.");
  expect((await visitor.texts(".side-by-side .labels b")).map((text) => text.replace(/^.*% /, ""))).toEqual([
    expect.stringMatching(/^MLP/),
    expect.stringMatching(/^quick/),
  ]);

  // One of the command line, of one round, takes the test to the round that all have.
  await visitor.click('[aria-labelledby="finished"] .tick');
  await visitor.until(() => document.querySelectorAll(".side-by-side .sentences li").length === 3);
  expect(await counts()).toEqual([3, 2]);
  expect((await visitor.texts(".side-by-side .sentences li")).join()).toMatch(/One round tests nothing/);
  await visitor.press("Untick all");
  await visitor.until(() => document.querySelector(".side-by-side") === null);
});

test("all kept runs can be forgotten, after a question", async () => {
  const visitor = await pages.visitor();
  await visitor.open(quick("quick", 40, 2));
  await visitor.train();
  await visitor.press("Runs", "link");
  await visitor.press("Forget kept runs");
  await visitor.sees("Forget all 2 in this browser, also in other tabs?");
  await visitor.press("Yes, forget");
  await visitor.sees("Finished runs are kept in this browser, and nowhere else: a reload loses none.");
  await visitor.press("Train", "link");
  await visitor.sees("0 of 2 runs");
  await comeBack(visitor, "0 of 2 runs");
});

test("where the browser has no database, the page trains as before, and says that nothing is kept", async () => {
  const visitor = await pages.visitor();
  await visitor.page.evaluateOnNewDocument(() => Object.defineProperty(globalThis, "indexedDB", { value: undefined }));
  await visitor.open(quick("quick", 50, 1));
  await visitor.train();
  expect(await visitor.hashes()).toEqual(await pages.trained(["quick"], [50], "--epochs", "2", "--pairs", "100"));
  await visitor.sees(
    "Nothing that is trained is kept: a reload loses it. This browser says: it has no database for pages.",
  );
  expect(await tray(visitor)).toHaveLength(1);
  await comeBack(visitor, "0 of 1 run");
});

test("where the browser has no room, that is said, and the next run is kept again when there is some", async () => {
  const visitor = await pages.visitor();
  const session = await visitor.page.createCDPSession();
  const { origin } = new URL(pages.site);
  await visitor.open(quick("quick", 60, 1));
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  await visitor.train();
  await visitor.sees("Nothing that is trained is kept: a reload loses it.");
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await visitor.turnTo(quick("quick", 61, 1));
  await visitor.sees("0 of 1 run");
  await visitor.train();
  await visitor.sees("2 runs, 0.");
  await comeBack(visitor, "1 of 1 run");
  await visitor.sees("1 run, 0.");
});
