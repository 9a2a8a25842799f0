import { type Address, PAPER_NETWORKS } from "./address.js";
import { NUMBER_OPTIONS, OPTIMIZER_OPTION, type Settings } from "./options.js";

/** The command that trains what an address asks for, to the same bits. */
export function experimentCommand({ networks, seed, rounds, settings }: Address): string {
  const [first, second] = networks;
  const isPaper = networks.length === PAPER_NETWORKS.length && PAPER_NETWORKS.every((name) => networks.includes(name));
  if (isPaper) return words("reproduce", [], { seed, rounds }, settings);
  if (first === undefined) return "";
  if (second !== undefined) return words("compare", networks, { seed, rounds }, settings);
  if (rounds === 1) return runCommand(first, seed, settings);
  const seeds = Array.from({ length: rounds }, (_, round) => seed + round);
  return seeds.map((each) => runCommand(first, each, settings)).join("\n");
}

/** The command that trains one run to the same bits. */
export const runCommand = (network: string, seed: number, settings: Settings): string =>
  words("train", [network], { seed }, settings);

function words(
  command: string,
  networks: readonly string[],
  counts: Readonly<Record<string, number>>,
  settings: Settings,
): string {
  const options: [string, string | number | undefined][] = [
    ...Object.entries(counts),
    ...NUMBER_OPTIONS.map(({ setting, option }): [string, number | undefined] => [option, settings[setting]]),
    [OPTIMIZER_OPTION.option, settings.optimizer],
  ];
  const given = options.filter(([, value]) => value !== undefined).flatMap(([name, value]) => [`--${name}`, value]);
  return ["npx pairlab", command, ...networks, ...given].join(" ");
}
