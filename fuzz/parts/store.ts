import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, link, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { groupTable } from "../../src/node/cli/commands/runs/tables.js";
import { listStore } from "../../src/node/runs/listing.js";
import { RunStore } from "../../src/node/runs/store.js";
import { mutateBytes, mutateText, NUMBER_TEXTS } from "../mutate.js";
import { attemptLater, decode, encode, type Outcome, type Part, require, requireLine, same } from "../part.js";
import type { Random } from "../random.js";
import { firstCheckpoint, realRuns, smallJob } from "../runs.js";

/** What is put in a path's place: bytes in base64, or something that is no file. */
interface Edit {
  readonly path: string;
  readonly bytes?: string;
  readonly instead?: (typeof INSTEAD)[number];
}

const INSTEAD = ["nothing", "folder", "pipe", "circle", "5 GiB"] as const;

const UNFINISHED = smallJob(3).id;
const CLAIM = {
  architecture: "mlp",
  seed: 1,
  host: "elsewhere",
  pid: 7,
  space: "ffffffff",
  since: "2026-01-01T00:00:00Z",
};

/** A run store of a few runs, an unfinished one and a claim, whose files others changed. */
export const storePart: Part = {
  name: "run store",
  weight: 4,
  async open(folder) {
    const [pristine, changed, pipe] = [join(folder, "pristine"), join(folder, "runs"), join(folder, "pipe")];
    execFileSync("mkfifo", [pipe]);
    const good = new RunStore(pristine);
    for (const run of realRuns()) {
      await good.save(run);
      await good.saveEvaluation(run.record, { pairs: 4, testError: 0.25 });
    }
    await good.saveCheckpoint(UNFINISHED, firstCheckpoint(smallJob(3)));
    await mkdir(join(pristine, "claims", UNFINISHED), { recursive: true });
    await writeFile(join(pristine, "claims", UNFINISHED, "other.json"), JSON.stringify(CLAIM));
    await cp(pristine, changed, { recursive: true });
    const paths: string[] = [];
    for (const entry of await readdir(pristine, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) paths.push(join(entry.parentPath, entry.name).slice(pristine.length + 1));
    const contents = new Map<string, Buffer>();
    for (const path of paths.sort()) contents.set(path, await readFile(join(pristine, path)));

    async function put({ path, bytes, instead }: Edit): Promise<void> {
      const at = join(changed, path);
      await rm(at, { recursive: true, force: true });
      if (bytes !== undefined) await writeFile(at, Buffer.from(bytes, "base64"));
      else if (instead === "folder") await mkdir(at);
      else if (instead === "pipe") await link(pipe, at);
      else if (instead === "circle") await symlink(at, at);
      else if (instead === "5 GiB") {
        await writeFile(at, "{");
        await truncate(at, 5 * 2 ** 30);
      }
    }

    async function restore(path: string): Promise<void> {
      const at = join(changed, path);
      await rm(at, { recursive: true, force: true });
      await mkdir(dirname(at), { recursive: true });
      await writeFile(at, contents.get(path) as Buffer);
    }

    return {
      make: (random) => encode(JSON.stringify(random.several(1, 2, () => edit(random, contents)))),
      async check(input) {
        const edits = JSON.parse(decode(input)) as Edit[];
        try {
          for (const each of edits) await put(each);
          return await read(new RunStore(changed), changed, input.length % 8 === 0);
        } finally {
          for (const path of new Set([...edits.map((each) => each.path), join("claims", UNFINISHED, "other.json")]))
            await restore(path);
        }
      },
    };
  },
};

function edit(random: Random, contents: ReadonlyMap<string, Buffer>): Edit {
  const path = random.pick([...contents.keys()]);
  if (random.chance(0.1)) return { path, instead: random.pick(INSTEAD) };
  const content = contents.get(path) as Buffer;
  let bytes: Uint8Array;
  if (!/\.jsonl?$/.test(path) || random.chance(0.3)) bytes = mutateBytes(random, content);
  else {
    let text = random.chance(0.5) ? content.toString() : mutateText(random, content.toString());
    const numbers = [...text.matchAll(/(?<=: ?)-?\d[\d.e-]*/g)];
    const number = numbers.length > 0 ? random.pick(numbers) : undefined;
    if (number && random.chance(0.6))
      text = text.slice(0, number.index) + random.pick(NUMBER_TEXTS) + text.slice(number.index + number[0].length);
    if (random.chance(0.1)) {
      const deep = random.pick(["[", '{"a":']).repeat(random.pick([3, 70, 20_000]));
      text = text.replace(/: /, () => `: ${deep}`);
    }
    bytes = encode(random.chance(0.7) ? sealed(text) : text);
  }
  return { path, bytes: Buffer.from(bytes).toString("base64") };
}

/** The text with the digest that it should have, where it ends with one. */
function sealed(text: string): string {
  const at = text.lastIndexOf('  "digest": "');
  if (at < 0) return text;
  return `${text.slice(0, at)}  "digest": "${createHash("sha256").update(text.slice(0, at)).digest("hex")}"\n}\n`;
}

/** Has everything read that reads a store. */
async function read(store: RunStore, folder: string, isThorough: boolean): Promise<Outcome> {
  let taken = 0;
  const listed = await attemptLater(() => store.records());
  for (const { damage } of listed?.damaged ?? []) requireLine(damage);
  for (const record of listed?.records ?? []) {
    const text = await readFile(join(folder, record.id, "run.json"), "utf8");
    require(text === sealed(text), `run ${record.id} was taken without its digest`);
    const { digest: _, files, ...fields } = JSON.parse(text);
    for (const [name, value] of Object.entries(record))
      require(same(value, name === "files" ? files : fields[name]), `${name} of run ${record.id} is another`);
    const { trainError, testError, seconds, parameters } = record;
    require([trainError, testError].every((error) => error >= 0 && error <= 1), "an error that is no fraction");
    require(seconds >= 0 && Number.isSafeInteger(parameters), "no seconds, or no parameters");
    const run = await attemptLater(() => store.find(record.id));
    if (!run) continue;
    if ("damage" in run) requireLine(run.damage);
    else {
      const digest = createHash("sha256").update(run.weights).digest("hex");
      require(digest === record.weightsSha256, `run ${record.id} was taken with other weights`);
      require(run.record.epochs.length > 0, "a run without an epoch");
      taken++;
    }
    const evaluation = await store.evaluation({ ...record, epochs: [] }, 4);
    require(!evaluation ||
      (evaluation.testError >= 0 && evaluation.testError <= 1), `an error of ${evaluation?.testError}`);
  }
  await attemptLater(() => store.checkpoint(UNFINISHED));
  await attemptLater(() => store.epochs(smallJob(1).id));
  await attemptLater(() => store.resolve("latest"));
  await attemptLater(() => store.resolve(UNFINISHED.slice(0, 5)));
  for (const { pid, since, host } of (await attemptLater(() => store.training())) ?? []) {
    require(Number.isSafeInteger(pid), `process ${pid}`);
    require(typeof since === "string" && typeof host === "string", "a claim of nobody");
  }
  const listing = await attemptLater(() => listStore(store));
  // Its intervals take longer than all else.
  if (listing && isThorough)
    groupTable(listing.groups, { used: listing.used, short: new Map(), annotations: new Map() }, 100);
  return taken === 3 ? "accepted" : "refused";
}
