/** `npm run bench`: a race in training speed. docs/bench.md says what is raced, and how each contestant is written. */
import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { architectures, findArchitecture, InvalidRequest, samplePairSet } from "pairlab";
import { loadDataset } from "pairlab/node";
import { gather } from "./contestants.js";
import { racePaper } from "./paper.js";
import { printProfile } from "./profile.js";
import { raceNetworks } from "./race-networks.js";
import { machine, type Results, writeResults } from "./results.js";
import { measureShortcuts } from "./shortcuts.js";
import { raceSizes, sizedRow } from "./sizes.js";
import { print } from "./tables.js";
import { SEED } from "./task.js";

const ALL_RESULTS = "bench/results.json";

const count = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 1.");
  return Number(text);
};

const command = new Command("bench")
  // A wrong request ends with 2, as in pairlab.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .description("trains the same networks by pairlab and by its peers, in turn, on this machine")
  .argument("[architectures...]", "race these, without the whole paper (default: all five, and the whole paper)")
  .option("--paper", "the whole paper, after the named architectures if there are any")
  .addOption(new Option("--turns <count>", "epochs counted for each contestant").argParser(count).default(7))
  .addOption(new Option("--rounds <count>", "rounds of the whole paper").argParser(count).default(10))
  .option("--profile <architecture>", "race nobody: show where the time of a step goes, kernel by kernel")
  .option("--shortcuts", "race nobody: show what each way to save operations brings")
  .option("--sizes", "race PyTorch only: 3×3 networks, and larger images")
  .addOption(
    new Option("--simd <build>", "of a profile or of shortcuts")
      .choices(["base", "fused"] as const)
      .default("base" as const),
  )
  .option("--out <file>", `where the results go (default: ${ALL_RESULTS} when all is run)`)
  .action(async (names, { paper = false, turns, rounds, out, profile, shortcuts, sizes, simd }) => {
    if (profile !== undefined) {
      const sized = sizedRow(profile);
      const { train } = sized ? await sized.pairs() : samplePairSet(await loadDataset(), SEED);
      return await printProfile(sized?.architecture ?? findArchitecture(profile), simd, train);
    }
    if (sizes) return raceSizes(names, turns);
    if (shortcuts) return measureShortcuts(names.length > 0 ? names.map(findArchitecture) : architectures, simd, turns);
    const everything = names.length === 0 && !paper;
    const raced = everything ? architectures : names.map(findArchitecture);
    const other = raced.find((architecture) => !architectures.includes(architecture));
    if (other)
      throw new InvalidRequest(
        `nobody races ${other.name}: there are ${architectures.map(({ name }) => name).join(", ")}`,
      );
    const { contestants, python, versions } = gather(raced.length > 0);
    const { processor, cores, memoryGiB } = machine();
    print(`${processor}, ${cores} cores, ${memoryGiB} GiB`);
    print(Object.entries(versions).flat().join(" "));
    const results: Results = {
      date: new Date().toISOString(),
      machine: machine(),
      versions,
      ...(raced.length > 0 && (await raceNetworks(raced, contestants, turns))),
      ...((paper || everything) && { paper: await racePaper(rounds, python) }),
    };
    const file = out ?? (everything ? ALL_RESULTS : undefined);
    if (file === undefined) return;
    await writeResults(file, results);
    print(`\n${file} has all of it`);
  });

// The reader of the output may close it early.
process.stdout.on("error", () => process.exit());
try {
  await command.parseAsync();
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof InvalidRequest ? 2 : 1;
}
