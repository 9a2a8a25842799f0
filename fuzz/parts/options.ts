import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { CommanderError } from "commander";
import { pairlabCommand } from "../../src/node/cli/commands.js";
import { Lines, rendered } from "../../src/node/cli/terminal/lines.js";
import { mutateText, NUMBER_TEXTS } from "../mutate.js";
import { plainNumber, plainWhole } from "../numbers.js";
import { decode, encode, Finding, type Part, require, requireLine } from "../part.js";
import type { Random } from "../random.js";
import { ARCHITECTURES, CHOICES, isInside, RANGES } from "../settings.js";

const COMMANDS = [
  ...["train", "compare", "plan", "reproduce", "ablate", "worth", "tune", "runs", "export", "pairs", "data", "serve"],
  ...["architectures", "trian", "", "--version", "--help", "help"],
];
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  seed: NUMBER_TEXTS,
  rounds: NUMBER_TEXTS,
  workers: NUMBER_TEXTS,
  trials: NUMBER_TEXTS,
  port: NUMBER_TEXTS,
  sizes: ["125,250", "125, 250", "250,125", "1e2,1e3", "0x10,0x20", "5", "", "1,2,3", "１,２", "1,2\n"],
  runs: ["x", ""],
  out: ["x", ""],
  simd: ["base", "fused", "fast"],
  preset: ["quick", "full", "long"],
  json: [],
  quiet: [],
  where: ["epochs=3", ""],
  nothing: [],
};
/** Those of every command that has them. */
const WHOLE: Readonly<Record<string, readonly [number, number]>> = {
  seed: [0, Number.MAX_SAFE_INTEGER],
  rounds: [1, 1_000_000],
  workers: [1, 1024],
  trials: [2, 1_000_000],
  port: [0, 65_535],
};

/** What is typed behind `pairlab`: parsed, not carried out. */
export const optionsPart: Part = {
  name: "command line",
  weight: 2,
  open: async () => ({
    make: (random) => encode(JSON.stringify(commandLine(random))),
    async check(input) {
      const given = JSON.parse(decode(input)) as string[];
      const said: string[] = [];
      const program = pairlabCommand("0.0.0", {
        print: () => {},
        remark: (text) => said.push(text instanceof Lines ? String(text) : rendered(text)),
      }) as CommandUnknownOpts;
      const carried = stub(program);
      try {
        await program.parseAsync(given, { from: "user" });
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error;
        // Without a command it shows how it is used.
        if (error.exitCode !== 0 && error.code !== "commander.help")
          requireLine(said.join("").trimEnd(), 2000 + 6 * input.length);
        return "refused";
      }
      const [command] = carried;
      if (!command) throw new Finding("neither refused nor carried out");
      checkNumbers(command, given);
      return "accepted";
    },
  }),
};

/** Has every command do nothing but say that it was reached. */
function stub(program: CommandUnknownOpts): CommandUnknownOpts[] {
  const carried: CommandUnknownOpts[] = [];
  const visit = (command: CommandUnknownOpts) => {
    if (command.commands.length === 0) command.action(() => void carried.push(command));
    for (const child of command.commands) visit(child);
  };
  visit(program);
  return carried;
}

function checkNumbers(command: CommandUnknownOpts, given: readonly string[]): void {
  const values = command.opts() as Record<string, unknown>;
  for (const [name, range] of Object.entries(RANGES)) {
    const text = lastOf(given, name);
    if (text === undefined) continue;
    const value = values[name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase())];
    const due = range.whole ? plainWhole(text) : plainNumber(text);
    require(value === due && isInside(range, due), `--${name} ${JSON.stringify(text)} is ${value}`);
  }
  for (const [name, [low, high]] of Object.entries(WHOLE)) {
    const text = lastOf(given, name);
    if (text === undefined) continue;
    const due = plainWhole(text);
    require(values[name] === due &&
      isInside({ whole: true, low, high }, due), `--${name} ${JSON.stringify(text)} is ${values[name]}`);
  }
}

/** The value that an option was given last, where it is told from other arguments. */
function lastOf(given: readonly string[], name: string): string | undefined {
  const each = given.flatMap((argument, i) => {
    if (argument.startsWith(`--${name}=`)) return [argument.slice(name.length + 3)];
    return argument === `--${name}` ? [given[i + 1] ?? ""] : [];
  });
  return given.includes("--") ? undefined : each.at(-1);
}

function commandLine(random: Random): string[] {
  const line = [random.pick(COMMANDS)];
  if (random.chance(0.7)) line.push(random.pick(ARCHITECTURES));
  if (line[0] === "compare" || line[0] === "plan") line.push(random.pick(ARCHITECTURES));
  for (let left = random.below(4); left > 0; left--) {
    const name = random.pick([...Object.keys(RANGES), ...Object.keys(CHOICES), ...Object.keys(OTHERS)]);
    const values = OTHERS[name] ?? CHOICES[name] ?? NUMBER_TEXTS;
    const value = values.length > 0 ? [random.pick(values)] : [];
    line.push(...(random.chance(0.5) ? [`--${[name, ...value].join("=")}`] : [`--${name}`, ...value]));
  }
  const changed = random.below(line.length);
  return line.map((each, i) => (i === changed && random.chance(0.2) ? mutateText(random, each) : each));
}
