import { InvalidRequest } from "../../errors.js";
import { parseWhole } from "../../formats/numbers.js";
import { SETTING_LIMITS } from "../../settings/table.js";
import { experimentCommand, PAIR_SETTINGS, presetOptions } from "../shared/command.js";
import { CANDIDATES, TUNINGS } from "./limits.js";

/** Numbers of pairs that grow: "125,250,500". @throws InvalidRequest if they are something else */
function growingSizes(text: string): number[] {
  const values = text.split(",").map((part) => parseWhole(part.trim()) ?? Number.NaN);
  const { most } = SETTING_LIMITS.trainPairs;
  if (values.length < 2 || !values.every((value, i) => value > (values[i - 1] ?? 0) && value <= most))
    throw new InvalidRequest(
      `It must be two or more whole numbers from 1 to ${most}, each larger than the one before, such as 125,500,2000.`,
    );
  return values;
}

export const worthCommand = experimentCommand({
  description: "what each hint is worth in training pairs: learning curves with and without it",
  settings: [...PAIR_SETTINGS, "epochs", "batchSize"],
  options: {
    ...presetOptions("quick: 5 rounds, up to 8,000 pairs; full: 10 rounds, up to 30,000"),
    tuned: {
      help: "also choose each network's settings at each number of pairs on validation pairs, several times: about an hour (quick), or most of a day (full)",
    },
    tunings: {
      takes: "<count>",
      help: "with --tuned: how often; each has rounds of its own (default: the preset's, 6 or 10)",
      limits: TUNINGS,
    },
    candidates: {
      takes: "<count>",
      help: "with --tuned: settings that each tuning tries at each place (default: the preset's, 6 or 16)",
      limits: CANDIDATES,
    },
    sizes: {
      takes: "<pairs>",
      help: "numbers of training pairs, such as 125,500,2000 (default: the preset's)",
      read: growingSizes,
    },
  },
  pairNames: { trainPairs: "--sizes" },
  asked({ preset, rounds, seed, sizes, tuned, tunings, candidates, settings }) {
    for (const [name, given] of Object.entries({ tunings, candidates }))
      if (given !== undefined && !tuned) throw new InvalidRequest(`--${name} is of tuned networks: it needs --tuned`);
    return { preset, rounds, seed, sizes, tuned, tunings, candidates, ...settings };
  },
  async load() {
    const [{ worth }, { worthPart }] = await Promise.all([import("./experiment.js"), import("./report.js")]);
    return [worth, worthPart];
  },
});
