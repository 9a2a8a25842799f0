import { InvalidRequest } from "../errors.js";
import { withNested } from "../network/kinds.js";
import type { Network } from "../network/network.js";
import type { SettingOverrides, TrainingSettings } from "../settings/training-settings.js";

/**
 * The sources of chance of a training, each with the setting that has its seed. `data`: training and validation pairs, and what deals out
 * classes or images to them. `order`: batch order, pairing and partners. Test pairs are none of them: they decide no weight.
 */
export const STREAM_SETTINGS = {
  data: "dataSeed",
  init: "initSeed",
  order: "orderSeed",
  dropout: "dropoutSeed",
  augmentation: "augmentationSeed",
} as const;

/** A source of chance that can have a seed of its own. */
export type StreamName = keyof typeof STREAM_SETTINGS;

export const STREAM_NAMES = Object.keys(STREAM_SETTINGS) as readonly StreamName[];

/** Whether a setting is the seed of a stream. */
export const isStreamSeed = (name: string): boolean => STREAM_NAMES.some((stream) => STREAM_SETTINGS[stream] === name);

type Seeds = { readonly [Name in (typeof STREAM_SETTINGS)[StreamName]]?: number };

/** The parts of a configuration that decide which streams are drawn from. */
type Drawing = Pick<TrainingSettings, "augmentation" | "dropout"> & { readonly network: Network };

/** Whether training draws from a stream; all do but dropout and augmentation, which not every network has. */
export function drawsFrom(stream: StreamName, { network, dropout, augmentation }: Drawing): boolean {
  if (stream === "augmentation") return augmentation !== undefined;
  if (stream !== "dropout") return true;
  return withNested([...network.trunk, ...network.head]).some(
    (layer) => layer.kind === "dropout" && (layer.rate ?? dropout) > 0,
  );
}

/** A configuration without the seeds that change nothing: the run's own, and those of streams that training does not draw from. */
export function withActingSeeds<Config extends Seeds & Drawing>(config: Config, seed: number): Config {
  const idle = STREAM_NAMES.filter(
    (stream) => config[STREAM_SETTINGS[stream]] === seed || !drawsFrom(stream, config),
  ).map((stream): string => STREAM_SETTINGS[stream]);
  return Object.fromEntries(Object.entries(config).filter(([name]) => !idle.includes(name))) as Config;
}

/**
 * Settings that hold streams at one seed, whatever seed a run has.
 *
 * @param seed  in an experiment, that of the first round
 */
export const fixedStreams = (streams: readonly StreamName[], seed: number): SettingOverrides =>
  Object.fromEntries(streams.map((stream) => [STREAM_SETTINGS[stream], seed]));

/** Streams by their names, separated by commas: "data,init". @throws InvalidRequest where one is no stream, or is named twice */
export function parseStreams(text: string): StreamName[] {
  const names = text.split(",").map((name) => name.trim());
  const isStream = (name: string): name is StreamName => Object.hasOwn(STREAM_SETTINGS, name);
  if (!names.every(isStream) || new Set(names).size < names.length)
    throw new InvalidRequest(`It must be some of ${STREAM_NAMES.join(", ")}, each once, separated by commas.`);
  return STREAM_NAMES.filter((name) => names.includes(name));
}

/**
 * Of runs that differ only in their seeds, the one whose configuration says most about its streams: a stream that all rounds hold at the
 * first's seed has a seed of its own in all but the first.
 */
export function mostTold<Run extends { readonly config: Seeds }>(runs: readonly Run[]): Run | undefined {
  const told = ({ config }: Run) => STREAM_NAMES.filter((name) => config[STREAM_SETTINGS[name]] !== undefined).length;
  return runs.reduce<Run | undefined>((most, run) => (most && told(most) >= told(run) ? most : run), undefined);
}
