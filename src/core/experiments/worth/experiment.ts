import { fields, flag, listOf, optional, refuse, within } from "../../checks.js";
import { InvalidRequest } from "../../errors.js";
import { MOST_ROUNDS } from "../../limits.js";
import { SETTING_LIMITS } from "../../settings/table.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import { sentencesBlock, tableBlock } from "../../text/block.js";
import type { Job } from "../../training/job.js";
import type { MeasuredRun } from "../shared/all-test-pairs.js";
import {
  type Apparatus,
  identityOf,
  jobsFor,
  measuredPairs,
  type RunRequest,
  requireClasses,
  validationPairsBeside,
} from "../shared/apparatus.js";
import type { Experiment, Findings, Steps } from "../shared/experiment.js";
import type { Preset } from "../shared/presets.js";
import { type PairQuestion, PRESET_OPTIONS, questionField, questionSettings } from "../shared/question.js";
import type { TrialSettings } from "../shared/space.js";
import { checkReportedSeeds } from "../shared/tuning-seeds.js";
import { labelBits } from "./label-bits.js";
import { LADDER, labelPlaces, ladderPlaces, type Place } from "./ladder.js";
import { CANDIDATES, TUNINGS } from "./limits.js";
import { worthSentences } from "./sentences.js";
import { labelPartsTable, shownLadders, worthBesideTable, worthFactorTable } from "./tables.js";
import {
  candidatesOf,
  chosenOf,
  placeSettings,
  seedsOfTunings,
  type TriedSettings,
  type TuningBudget,
} from "./tuning.js";
import {
  headlineSize,
  type PlaceTuning,
  type PlaceTunings,
  placeKey,
  summarizeTuned,
  summarizeWorth,
  type Worth,
  type WorthSettings,
} from "./worth.js";

/** An option that is missing comes from the preset, or from each network. */
export interface WorthOptions extends PairQuestion {
  /** Default: quick. */
  readonly preset?: Preset | undefined;
  /** With `tuned`: after each tuning. */
  readonly rounds?: number | undefined;
  /** Of the first round. */
  readonly seed: number;
  /** Numbers of training pairs, at least two, ascending. */
  readonly sizes?: readonly number[] | undefined;
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
  /** Also chooses each network's settings at each number of pairs, on validation pairs, several times. */
  readonly tuned?: boolean | undefined;
  /** How often. */
  readonly tunings?: number | undefined;
  /** Settings that a tuning tries at each place. */
  readonly candidates?: number | undefined;
}

/** How many rounds, and which numbers of training pairs: a few minutes on two cores, or what a statement needs. */
const PRESETS = {
  quick: { rounds: 5, sizes: [125, 250, 500, 1000, 2000, 4000, 8000] },
  full: { rounds: 10, sizes: [125, 250, 500, 1000, 2000, 4000, 8000, 15_000, 30_000] },
} as const;

/** The same where settings are tuned: about an hour on two cores, or most of a day. */
const TUNED_PRESETS = {
  quick: { tunings: 6, candidates: 6, rounds: 2, sizes: [250, 500, 1000, 2500, 7500] },
  full: { tunings: 10, candidates: 16, rounds: 3, sizes: [125, 250, 500, 1000, 2000, 4000, 8000, 15_000] },
} as const;

/** Every size gets the same number, which is the paper's. */
const EPOCHS = 25;
/** All of MNIST's test images, two by two. */
const MOST_TEST_PAIRS = 5000;

const OPTIONS = fields(
  {
    sizes: optional((sizes, what) => {
      listOf(within(SETTING_LIMITS.trainPairs))(sizes, what);
      const given = sizes as readonly number[];
      if (given.length < 2 || given.some((size, i) => i > 0 && size <= (given[i - 1] as number)))
        refuse(what, "two or more numbers, each larger than the one before", sizes);
    }),
    tuned: optional(flag),
    tunings: optional(within(TUNINGS)),
    candidates: optional(within(CANDIDATES)),
    ...PRESET_OPTIONS,
  },
  "option",
);

/** Learning curves of a ladder of networks, and what each of its hints is worth in training pairs. */
export const worth: Experiment<WorthOptions, Worth> = {
  name: "worth",
  plan(options) {
    OPTIONS(options, "");
    return options.tuned ? tunedPlan(options) : plainPlan(options);
  },
  summary: ({ result }) => [
    ...shownLadders(result).map((ladder) => tableBlock(worthFactorTable(ladder))),
    ...(result.tuned ? [worthBesideTable(result), labelPartsTable(result)].map(tableBlock) : []),
    sentencesBlock(worthSentences(result)),
  ],
};

function plainPlan(options: WorthOptions): ReturnType<typeof worth.plan> {
  for (const name of ["tunings", "candidates"] as const)
    if (options[name] !== undefined) throw new InvalidRequest(`${name} is of tuned networks: it needs tuned`);
  const preset = PRESETS[options.preset ?? "quick"];
  const { rounds = preset.rounds, sizes = preset.sizes, seed } = options;
  checkReportedSeeds(seed, rounds);
  return {
    mostRuns: rounds * sizes.length * LADDER.length,
    *steps(apparatus) {
      const ladder = laidOut(options, { rounds, sizes, seed }, apparatus);
      const requests = ladderPlaces(sizes).flatMap((place) => roundsAt(place, ladder));
      const records = yield { jobs: jobsFor(apparatus, requests), onAllTestPairs: true };
      return { result: summarizeWorth(LADDER, records, settingsOf(ladder, records, apparatus)), records };
    },
  };
}

function tunedPlan(options: WorthOptions): ReturnType<typeof worth.plan> {
  const preset = TUNED_PRESETS[options.preset ?? "quick"];
  const { tunings = preset.tunings, candidates = preset.candidates, rounds = preset.rounds, seed } = options;
  const { sizes = preset.sizes } = options;
  const all = tunings * rounds;
  if (all > MOST_ROUNDS)
    throw new InvalidRequest(`${tunings} tunings of ${rounds} rounds are ${all} rounds: there can be ${MOST_ROUNDS}`);
  checkReportedSeeds(seed, all);
  const places = [...ladderPlaces(sizes), ...labelPlaces(headlineSize(sizes))];
  return {
    mostRuns: tunings * Math.max(candidates, 2 * rounds) * places.length,
    *steps(apparatus) {
      const ladder = laidOut(options, { rounds: all, sizes, seed }, apparatus);
      const largest = { ...ladder.shared, trainPairs: sizes.at(-1) as number };
      const seeds = seedsOfTunings(seed, tunings);
      const validationPairs = validationPairsBeside(largest, seeds, apparatus);
      const budget: TuningBudget = { tunings, rounds, candidates, seeds, validationPairs };
      // Whether there are the pairs that networks are measured on is known before an hour of tuning.
      const plain = places.flatMap((place) => roundsAt(place, ladder));
      jobsFor(apparatus, plain);
      const chosen = yield* tune(places, ladder, budget, apparatus);
      const measured = places.flatMap((place) => tunedAt(place, ladder, budget, chosen));
      const runs = yield* eachOnce([...plain, ...measured], apparatus);
      const [untuned, tuned] = [runs.slice(0, plain.length), runs.slice(plain.length)];
      const settings = settingsOf(ladder, untuned, apparatus);
      const result = {
        ...summarizeWorth(LADDER, untuned, settings),
        tuned: summarizeTuned(LADDER, tuned, settings, budget, chosen),
      };
      return { result, records: untuned } satisfies Findings<Worth>;
    },
  };
}

/** What all runs of a ladder share. */
interface LaidOut extends Pick<WorthSettings, "rounds" | "sizes" | "seed" | "testPairs" | "epochs"> {
  /** What the user gave. */
  readonly fixed: SettingOverrides;
  readonly shared: SettingOverrides;
}

function laidOut(
  options: WorthOptions,
  asked: Pick<WorthSettings, "rounds" | "sizes" | "seed">,
  apparatus: Apparatus,
): LaidOut {
  requireClasses(apparatus, "worth");
  const { epochs, batchSize } = options;
  const question = { ...(batchSize && { batchSize }), ...questionSettings(options) };
  const seeds = Array.from({ length: asked.rounds }, (_, round) => asked.seed + round);
  const testPairs = measuredPairs(MOST_TEST_PAIRS, question, seeds, apparatus);
  const shared = { epochs: epochs ?? EPOCHS, testPairs, evaluate: "end", ...question } as const;
  return { ...asked, testPairs, epochs: shared.epochs, fixed: { ...(epochs && { epochs }), ...question }, shared };
}

/** A network with its own settings in every round. */
const roundsAt = ({ architecture, pairs, labelFraction }: Place, { rounds, seed, shared }: LaidOut): RunRequest[] =>
  Array.from({ length: rounds }, (_, round) => ({
    architecture,
    seed: seed + round,
    overrides: { ...shared, trainPairs: pairs, ...(labelFraction !== undefined && { labelFraction }) },
  }));

/** Tries the candidates of every place once in each tuning, on validation pairs. */
function* tune(
  places: readonly Place[],
  { fixed, shared }: LaidOut,
  { candidates, seeds, validationPairs }: TuningBudget,
  apparatus: Apparatus,
): Steps<PlaceTunings> {
  const drawn = seeds.map((seed) => candidatesOf(seed, candidates, fixed));
  const candidatesAt = ({ architecture }: Place, tuning: number) =>
    drawn[tuning]?.get(architecture) as readonly TrialSettings[];
  const onValidation = { ...shared, evaluateOn: "validation", testPairs: validationPairs } as const;
  const requests = places.flatMap((place) =>
    seeds.flatMap((seed, tuning) =>
      candidatesAt(place, tuning).map(
        (settings): RunRequest => ({
          architecture: place.architecture,
          seed,
          overrides: { ...onValidation, ...placeSettings(place, settings, fixed) },
        }),
      ),
    ),
  );
  const purpose = `tuning ${seeds.length} times, ${candidates} candidates at each of ${places.length} places`;
  const records = yield* eachOnce(requests, apparatus, purpose);
  const errors = records.map(({ testError }) => testError).values();
  return new Map(
    places.map((place) => [
      placeKey(place.architecture, place.pairs, place.labelFraction),
      seeds.map((_, tuning): PlaceTuning => {
        const tried = candidatesAt(place, tuning).map(
          (settings): TriedSettings => ({
            settings,
            errors: [errors.next().value as number],
          }),
        );
        return { chosen: tried.indexOf(chosenOf(tried)), tried };
      }),
    ]),
  );
}

/** A network with the settings of each tuning in its rounds. */
function tunedAt(
  place: Place,
  { seed, shared, fixed }: LaidOut,
  { rounds }: TuningBudget,
  tunings: PlaceTunings,
): RunRequest[] {
  const { architecture, pairs, labelFraction } = place;
  const own = tunings.get(placeKey(architecture, pairs, labelFraction)) ?? [];
  return own.flatMap(({ chosen, tried }, tuning) =>
    Array.from({ length: rounds }, (_, round) => ({
      architecture,
      seed: seed + tuning * rounds + round,
      overrides: { ...shared, ...placeSettings(place, tried[chosen]?.settings ?? {}, fixed) },
    })),
  );
}

/** Trains runs, those that are asked for twice once. @returns a record for each request */
function* eachOnce(requests: readonly RunRequest[], apparatus: Apparatus, purpose?: string): Steps<MeasuredRun[]> {
  const jobs = jobsFor(apparatus, requests);
  const unique = [...new Map(jobs.map((job): [string, Job] => [job.id, job])).values()];
  const records = yield {
    jobs: unique,
    purpose: purpose ?? "measuring the chosen settings, and the networks' own",
    ...(purpose === undefined && { onAllTestPairs: true as const }),
  };
  const byId = new Map(records.map((record) => [record.id, record]));
  return jobs.map(({ id }) => byId.get(id) as MeasuredRun);
}

function settingsOf(
  { rounds, seed, sizes, epochs, testPairs }: LaidOut,
  records: readonly MeasuredRun[],
  apparatus: Apparatus,
): WorthSettings {
  const [{ config }] = records as [MeasuredRun];
  return {
    rounds,
    seed,
    ...questionField(records),
    sizes,
    epochs,
    testPairs,
    labelBits: labelBits(apparatus, config),
    ...identityOf(apparatus),
  };
}
