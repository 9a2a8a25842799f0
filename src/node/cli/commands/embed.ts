import { extname } from "node:path";
import { Kernels } from "../../../core/engine/kernels.js";
import { InvalidRequest } from "../../../core/errors.js";
import { csv } from "../../../core/formats/csv.js";
import { encodeSafetensors } from "../../../core/formats/index.js";
import { encodeNpy } from "../../../core/formats/npy.js";
import {
  type Features,
  type NamedPicture,
  nearestNeighbours,
  pictureFeatures,
} from "../../../core/inspection/index.js";
import { seenPicture, unlikeTraining } from "../../../core/inspection/picture-pairs.js";
import { count, nounFor } from "../../../core/text/format.js";
import { shapeOf } from "../../../core/training/job.js";
import type { RunRecord } from "../../../core/training/run.js";
import { trainedNetwork } from "../../../core/training/trained-network.js";
import { imageGrid } from "../../data/image-grid.js";
import { type NewFile, writeInOrder } from "../../files.js";
import { loadKernels } from "../../kernels.js";
import { RunStore } from "../../runs/store.js";
import { remark } from "../terminal/output.js";
import { filesOf, readPictures, sayWhatDiffers } from "./pictures-in.js";

export interface EmbedOptions {
  readonly out: string;
  /** A picture of neighbours. */
  readonly nearest?: string;
  readonly trunk?: "first" | "second";
  readonly runs: string;
  readonly quiet?: true;
}

/** The kinds of files that features go to, by what their names end in. */
const KINDS: Readonly<Record<string, (named: Named) => readonly NewFile[]>> = {
  ".csv": ({ out, names, features }) => [
    [
      out,
      csv([
        ["file", ...Array.from({ length: features.width }, (_, i) => `f${i}`)],
        ...names.map((name, i) => [name, ...rowOf(features, i)]),
      ]),
    ],
  ],
  ".npy": ({ out, names, features: { rows, count, width } }) => [
    [`${out.slice(0, -".npy".length)}.csv`, csv([["file"], ...names.map((name) => [name])])],
    [out, encodeNpy(rows, count, width)],
  ],
  ".safetensors": ({ out, names, run, features: { rows, count, width } }) => [
    [
      out,
      encodeSafetensors([{ name: "features", shape: [count, width], data: rows }], {
        run,
        files: JSON.stringify(names),
      }),
    ],
  ],
};

/** Features with where they go and what they are of. */
interface Named {
  readonly out: string;
  readonly run: string;
  /** Paths of the pictures. */
  readonly names: readonly string[];
  readonly features: Features;
}

const rowOf = ({ rows, width }: Features, i: number): Float32Array => rows.subarray(i * width, (i + 1) * width);

/** `pairlab embed`: what a run's trunk makes of pictures, for other tools. */
export async function embed(reference: string, path: string, options: EmbedOptions): Promise<void> {
  const { out, nearest, trunk, runs, quiet } = options;
  const kind = KINDS[extname(out)];
  if (!kind)
    throw new InvalidRequest(
      `--out must end in ${Object.keys(KINDS).join(", ")}, by which the file's kind is known, not ${out}`,
    );
  if (nearest !== undefined && extname(nearest) !== ".png")
    throw new InvalidRequest(`--nearest writes a PNG: its name must end in .png, not ${nearest}`);
  const run = await new RunStore(runs).resolve(reference);
  const { record } = run;
  const network = trainedNetwork(run, new Kernels(loadKernels(record.config.engine.simd)));
  if (trunk !== undefined && !network.model.network.separate)
    throw new InvalidRequest(`run ${record.id} has one trunk for both images: leave --trunk out`);
  const pictures = [...(await readPictures(filesOf(path))).values()];
  if (!quiet) sayWhatDiffers(pictures.flatMap((picture) => unlikeTraining(record.config, picture) ?? []));
  const features = pictureFeatures(network, record.config, pictures, trunk);
  const names = pictures.map(({ name }) => name);
  const files = [...kind({ out, run: record.id, names, features })];
  if (nearest !== undefined) files.push([nearest, await neighbours(record, pictures, features)]);
  await writeInOrder(files);
  if (quiet) return;
  remark(
    `${out}: ${count(features.count)} ${nounFor(features.count, "picture")}, ${count(features.width)} ${nounFor(features.width, "feature")} each, of run ${record.id}`,
  );
  if (nearest !== undefined)
    remark(`${nearest}: a picture in each row, then those whose features are most alike, by cosine similarity`);
}

/** Rows of the picture of neighbours, and pictures in each after the first. */
const SHOWN = { rows: 12, neighbours: 7 };

function neighbours({ config }: RunRecord, pictures: readonly NamedPicture[], features: Features): Promise<Uint8Array> {
  const { height, width, channels } = shapeOf(config.dataset);
  const background = config.dataset.background ?? new Array(channels).fill(0);
  const seen = (i: number) =>
    seenPicture(config, pictures[i] as NamedPicture).map(
      (value, at) => value + (background[Math.floor(at / (height * width))] as number),
    );
  const rows = Math.min(SHOWN.rows, pictures.length);
  return imageGrid(
    Array.from({ length: rows }, (_, row) => {
      // Of many pictures some, evenly spread.
      const own = Math.floor((row * pictures.length) / rows);
      return [own, ...nearestNeighbours(features, own, SHOWN.neighbours).map(({ index }) => index)].map(seen);
    }),
    { height, width, channels },
  );
}
