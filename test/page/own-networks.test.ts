import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ElementHandle } from "puppeteer-core";
import { describe, expect, test } from "vitest";
import { convolution, flatten, linear, maxPool, type RunRecord, relu } from "../../src/core/index.js";
import { pairlab } from "../support/pairlab.js";
import { bringAxe, checkView } from "./support/axe.js";
import { downloaded, keepDownloads } from "./support/downloads.js";
import { drawWithMouse, SEVEN, THREE } from "./support/drawing.js";
import { type Pages, usePages, writeFewImages } from "./support/pages.js";
import { Relay } from "./support/relay.js";
import type { Visitor } from "./support/visitor.js";

const trunk = [convolution(4, 3), relu(), maxPool(2), flatten(), linear(10)];
const head = [linear(16), relu(), linear(2)];
const NETWORK = { name: "my-network", title: "my own network", trunk, head, auxiliaryWeight: 0.5, epochs: 2 };
const RULE = { name: "my-rule", trunk, auxiliaryWeight: 1, epochs: 2 };

/** The rows of one's own networks: their titles, and whether they are chosen. */
const rungs = ({ page }: Visitor) =>
  page.$$eval(".your-networks .rung", (all) =>
    all.map((rung) => [rung.querySelector(".title")?.textContent, rung.querySelector("input")?.checked]),
  );

/** Puts a text into the field for networks, and adds them. */
async function add(visitor: Visitor, text: string): Promise<void> {
  await visitor.page.$eval(".your-networks details", (details) => {
    (details as HTMLDetailsElement).open = true;
  });
  await formIsThere(visitor);
  await visitor.page.$eval(
    ".your-networks textarea",
    (field, typed) => {
      (field as HTMLTextAreaElement).value = typed;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
    text,
  );
  await visitor.press("Add networks");
}

/** The form is fetched when it is unfolded. */
const formIsThere = (visitor: Visitor): Promise<void> =>
  visitor.until(() => document.querySelector(".your-networks textarea") !== null);

const typed = ({ page }: Visitor) =>
  page.$eval(".your-networks textarea", (field) => (field as HTMLTextAreaElement).value);
const said = async (visitor: Visitor) => (await visitor.texts(".your-networks form [role=alert]")).join();

/** The run that the command which the page shows trains, beside the file that it offers. @returns its record */
async function pasted(visitor: Visitor, pages: Pages, folder: string, data: string): Promise<RunRecord> {
  const place = pages.at(folder);
  await mkdir(place, { recursive: true });
  await keepDownloads(visitor.page, place);
  // A folder's own defaults change nothing.
  await writeFile(
    join(place, "pairlab.config.json"),
    JSON.stringify({ defaults: { pairs: 30, epochs: 1, reuse: true } }),
  );
  await visitor.press("Download networks.json", "button", ".command");
  await downloaded(place, "networks.json");
  const [command = ""] = await visitor.texts(".command code");
  return trainedBy(command, place, data);
}

/** The run that a command of the page trains in a folder. */
async function trainedBy(command: string, place: string, data: string): Promise<RunRecord> {
  const [, , ...words] = command.split(" ");
  const more = ["--data", data, "--runs", "runs", "--json", "--quiet"];
  const { code, stdout, stderr } = await pairlab([...words, ...more], undefined, [], place);
  expect({ code, stderr: stderr.replace("using networks.json\n", "") }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("served beside a pairlab.config", () => {
  let data = "";
  const pages = usePages({
    async images(folder) {
      await mkdir(folder);
      data = join(folder, "MNIST");
      await writeFewImages(data);
      const config = join(folder, "pairlab.config.json");
      await writeFile(config, JSON.stringify({ architectures: [NETWORK, RULE], relation: "less" }));
      return ["--data", data, "--config", config];
    },
  });

  test("the page has its networks, asks its question, and trains to the command line's bits", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("");
    await visitor.sees("says whether the first is less than the second");
    expect(await visitor.address()).toMatch(/&relation=less$/);
    expect(await visitor.texts(".your-networks h2")).toEqual(["Your networks"]);
    expect(await rungs(visitor)).toEqual([
      ["my own network", false],
      ["my-rule", false],
    ]);
    await visitor.press("Layers of my own network");
    await visitor.until(() => document.querySelectorAll(".layers-panel svg").length === 2);
    expect(await visitor.texts(".your-networks .layers-panel svg title")).toEqual(
      Array(2).fill("Layers of my own network"),
    );
    expect(await visitor.texts(".your-networks .layers-panel dt")).toEqual(["Parameters", "Training"]);

    await visitor.turnTo("#/train?networks=my-network,my-rule&seed=3&rounds=2&relation=less");
    await visitor.until(() => document.querySelectorAll(".your-networks .rung input:checked").length === 2);
    await visitor.train();
    await pages.run("compare", "my-network", "my-rule", ..."--seed 3 --rounds 2 --relation less".split(" "));
    expect(await visitor.hashes()).toEqual(await pages.stored());
    expect(await visitor.texts('table[aria-labelledby="results"] tbody th')).toEqual(["my own network", "my-rule"]);
    await visitor.sees("What differs");
    expect(await visitor.texts('table[aria-labelledby="differences"] tbody th')).toEqual(["my own network"]);
    await visitor.openCurves();
    await visitor.until(() => document.querySelectorAll(".curve h3").length === 2);
    expect(await visitor.texts(".curve h3")).toEqual(["my own network", "my-rule"]);
    const shown = await visitor.texts('section[aria-labelledby="runs"] td.left');
    expect(shown[0]).toBe(
      "npx pairlab train my-network --seed 3 --relation less --no-balance --split images --config networks.json",
    );

    await visitor.press("Look inside", "link");
    await visitor.sees("Which digits it confuses");
    expect(await visitor.texts(".choice option")).toContain("my own network, seed 3, 2 epochs, <?");
    await visitor.press("Draw", "link");
    await drawWithMouse(visitor, "first", THREE);
    await drawWithMouse(visitor, "second", SEVEN);
    await visitor.until(() => document.querySelectorAll('table[aria-labelledby="answers"] tbody tr').length === 2);
    expect((await visitor.texts('table[aria-labelledby="answers"] tbody th')).toSorted()).toEqual([
      "my own network",
      "my-rule",
    ]);
  });

  test("a link that is too long to be read is said to be so, and the page asks the file's question", async () => {
    const visitor = await pages.visitor();
    await visitor.go(`#/train?networks=mlp&own=${"x".repeat(10_000)}`);
    await visitor.sees("says whether the first is less than the second");
    await visitor.sees("The link is too long to be read");
    await visitor.until(() => document.querySelector(".loading") === null);
    expect(await visitor.address()).toMatch(/&relation=less$/);
    expect(await visitor.texts("main > .problem")).toHaveLength(1);
  });

  test("an address asks its own question, and its command gives the page's run where the folder asks another", async () => {
    const visitor = await pages.visitor();
    await visitor.open("#/train?networks=mlp&seed=1&rounds=1&epochs=1");
    await visitor.sees("less than or equal to the second");
    const [command = ""] = await visitor.texts(".command code");
    expect(command).toBe("npx pairlab train mlp --seed 1 --epochs 1 --no-config");
    expect(await visitor.texts('.command [aria-label="Download networks.json"]')).toEqual([]);
    await visitor.train();
    const folder = pages.at("asks-another");
    await mkdir(folder);
    const config = { relation: "less", defaults: { momentum: 0.5, optimizer: "sgd" } };
    await writeFile(join(folder, "pairlab.config.json"), JSON.stringify(config));
    const { weightsSha256 } = await trainedBy(command, folder, data);
    expect(await visitor.hashes()).toEqual({ "mlp 1": weightsSha256 });
  });

  test("a command and the file beside it give the page's run in another folder", async () => {
    const visitor = await pages.visitor();
    await visitor.open("#/train?networks=my-network&seed=5&rounds=1");
    await visitor.train();
    const { weightsSha256 } = await pasted(visitor, pages, "elsewhere", data);
    expect(await visitor.hashes()).toEqual({ "my-network 5": weightsSha256 });
  });

  test("a link's network goes before the site's of the same name, which can be taken back", async () => {
    const visitor = await pages.firstVisitor();
    const other = { ...NETWORK, title: "as it was", head: [linear(2)] };
    const link = `#/train?networks=my-network&seed=6&rounds=1&own=${encodeURIComponent(JSON.stringify([other]))}`;
    await visitor.open(link);
    await visitor.sees("my-network: not as in this site's pairlab.config");
    await visitor.train();
    const before = await visitor.hashes();
    await visitor.press("Take the site's");
    await visitor.until(() => document.querySelector(".your-networks .rung .title")?.textContent === "my own network");
    await visitor.train();
    const now = await visitor.hashes();
    expect(now).toEqual(await pages.trained(["my-network"], [6], "--relation", "less-or-equal"));
    expect(now["my-network 6"]).not.toBe(before["my-network 6"]);
    // A run keeps its own layers.
    await visitor.press("Look inside", "link");
    await visitor.sees("Which digits it confuses");
    expect(await visitor.texts(".choice option")).toEqual([
      "my-network with other layers, seed 6, 2 epochs",
      "my own network, seed 6, 2 epochs",
    ]);
    await visitor.press("Draw", "link");
    await drawWithMouse(visitor, "first", THREE);
    await drawWithMouse(visitor, "second", SEVEN);
    await visitor.until(() => document.querySelectorAll('table[aria-labelledby="answers"] tbody tr').length === 2);
    expect((await visitor.texts('table[aria-labelledby="answers"] tbody th')).toSorted()).toEqual([
      "my own network",
      "my-network with other layers",
    ]);
  });

  test.each([
    [
      { architectures: [{ ...NETWORK, trunk: [{ kind: "convolution" }] }] },
      "site.json: architectures[0].trunk.0.channels is missing",
    ],
    [{ architectures: [{ name: "mlp" }] }, 'site.json: architectures[0].name: pairlab has a network "mlp"'],
    [{ relation: "bigger" }, "site.json: relation must be one of"],
    [{ architectures: [3] }, "site.json is not one that this page reads"],
  ])("a site with %j says what is wrong", async (wrong, line) => {
    const relay = await Relay.to(pages.site);
    try {
      relay.rewritten.set("/site.json", (text) => JSON.stringify({ ...JSON.parse(text), ...wrong }));
      const visitor = await pages.firstVisitor(relay.url);
      await visitor.go("");
      await visitor.sees(line);
      await visitor.sees("How much is each hint worth?");
    } finally {
      await relay.close();
    }
  });
});

describe("typed as JSON", () => {
  const pages = usePages({ images: "few" });

  test("the example trains to the command line's bits, and a link shows it elsewhere", async () => {
    const visitor = await pages.firstVisitor();
    await bringAxe(visitor);
    await visitor.open("#/train?networks=quick&seed=2&rounds=1");
    await visitor.click(".your-networks summary");
    await visitor.press("Example");
    await visitor.press("Add networks");
    await visitor.sees("Added and chosen: my-network.");
    expect(await rungs(visitor)).toEqual([["my network", true]]);
    await visitor.press("quick", "checkbox");
    await visitor.until(() => document.querySelectorAll(".rung input:checked").length === 1);
    await visitor.train();
    const { weightsSha256, epochs } = await pasted(visitor, pages, "example", pages.few);
    expect(await visitor.hashes()).toEqual({ "my-network 2": weightsSha256 });
    expect(epochs.at(-1)?.testAccuracy).toBeGreaterThan(0.8);

    const receiver = await pages.firstVisitor();
    await receiver.open(await visitor.address());
    expect(await rungs(receiver)).toEqual([["my network", true]]);
    await receiver.train();
    expect(await receiver.hashes()).toEqual({ "my-network 2": weightsSha256 });
    // What was typed is still there after another view.
    const text = await typed(visitor);
    await visitor.press("Draw", "link");
    await visitor.sees("Draw two digits");
    await visitor.press("Train", "link");
    await visitor.sees("Your networks");
    await visitor.click(".your-networks summary");
    await formIsThere(visitor);
    expect(await typed(visitor)).toBe(text);
  });

  test("what is wrong is said in a line with layer and field, and the text stays", async () => {
    const visitor = await pages.firstVisitor();
    await bringAxe(visitor);
    await visitor.open("#/train?networks=quick&seed=2&rounds=1");
    const json = (changes: object) => JSON.stringify({ ...NETWORK, ...changes });
    for (const [text, line] of [
      ["{", /^the text is not JSON/],
      ["3", /^the text must be a network, an array of networks, or a pairlab\.config\.json\.$/],
      ["[]", /^the text has no network\.$/],
      [json({ name: "mlp" }), /^name: pairlab has a network "mlp": choose another name\.$/],
      [json({ head: [{ kind: "linear", features: 0 }] }), /^head\.0\.features must be a whole number from 1/],
      [json({ trunk: [{ kind: "dropuot" }] }), /^trunk\.0\.kind: there is no "dropuot": did you mean dropout\?/],
      [`[${json({})}, ${json({ name: "b", epochs: 0 })}]`, /^architectures\[1\]\.epochs must be a whole number/],
      ['{"architectures": [], "date": 1}', /^there is no field "date": did you mean data\?/],
      [json({ name: "unfit", head: [linear(3)] }), /^unfit: the head must end in 2 logits, not 3\.$/],
    ] as const) {
      await add(visitor, text);
      await visitor.until(
        (before) => document.querySelector(".your-networks form [role=alert]")?.textContent !== before,
        "",
      );
      await expect.poll(() => said(visitor)).toMatch(line);
      expect(await typed(visitor)).toBe(text);
    }
    await checkView(visitor, ".your-networks");
    // It fits other images: it is there, and not chosen.
    expect(await rungs(visitor)).toEqual([["my own network", false]]);
  });

  test("a file of them, with what is for the command line", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/train?networks=quick&seed=2&rounds=1");
    await visitor.click(".your-networks summary");
    await formIsThere(visitor);
    const file = pages.at("mine.json");
    await writeFile(file, JSON.stringify({ architectures: [NETWORK, RULE], defaults: { rounds: 30 } }));
    const input = (await visitor.page.$(".your-networks input[type=file]")) as ElementHandle<HTMLInputElement> | null;
    await input?.uploadFile(file);
    await visitor.sees("Added and chosen: my-network, my-rule. What it says of defaults is for the command line.");
    expect(await rungs(visitor)).toEqual([
      ["my own network", true],
      ["my-rule", true],
    ]);
    expect(await typed(visitor)).toBe("");
    await writeFile(file, "{}");
    await input?.uploadFile(file);
    await expect.poll(() => said(visitor)).toMatch(/^name is missing/);
    expect(await visitor.address()).toContain("networks=quick,my-network,my-rule&");
  });

  test("a network that is too long for a link works, and the page says so", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/train?networks=quick&seed=2&rounds=1&epochs=1&pairs=50");
    const long = { ...NETWORK, head: [...Array.from({ length: 400 }, () => relu()), linear(2)] };
    await add(visitor, JSON.stringify([long, RULE]));
    await visitor.sees("my-network: too long for a link.");
    expect((await visitor.address()).length).toBeLessThan(10_000);
    expect(await visitor.address()).toContain("my-rule%22");
    await visitor.train();
    expect(Object.values(await visitor.hashes())).toEqual(Array(3).fill(expect.stringMatching(/^[0-9a-f]{64}$/)));
  });

  test("by keys alone", async () => {
    const visitor = await pages.firstVisitor();
    await visitor.open("#/train?networks=quick&seed=2&rounds=1");
    await visitor.page.focus(".your-networks summary");
    await visitor.key("Enter");
    await formIsThere(visitor);
    await visitor.key("Tab");
    await visitor.page.keyboard.type(JSON.stringify({ ...RULE, trunk: [flatten(), linear(10)] }));
    await visitor.key("Tab");
    await visitor.key("Enter");
    await visitor.sees("Added and chosen: my-rule.");
    expect(await rungs(visitor)).toEqual([["my-rule", true]]);
  });
});
