import { type OwnArchitecture, ownArchitecture } from "../../core/architectures/own.js";
import { InvalidJson, parseJson } from "../../core/formats/parse-json.js";
import {
  addArchitectures,
  convolution,
  flatten,
  InvalidRequest,
  type Layer,
  linear,
  maxPool,
  ownArchitectures,
  relu,
} from "../../core/index.js";
import { checkConfig } from "../../core/project-config.js";

/** Residual layers lie within one another. */
const DEEPEST = 128;
/** In characters: so many layers are drawn in less than a second. */
export const MOST_CHARACTERS = 100_000;

/** Networks as JSON. */
export interface WrittenNetworks {
  /** Not checked yet. */
  readonly architectures: readonly OwnArchitecture[];
  /** Whether it is one network, in no array. */
  readonly isOne: boolean;
  /** What else a `pairlab.config.json` says, which is for the command line: "relation", "defaults". */
  readonly beside: readonly string[];
}

/**
 * Networks from JSON text: one, an array of them, or what a `pairlab.config.json` has.
 *
 * @param what  names the text
 * @throws InvalidRequest where it is none of these
 */
export function parseNetworks(text: string, what: string): WrittenNetworks {
  if (text.length > MOST_CHARACTERS)
    throw new InvalidRequest(`${what} has ${text.length} characters: the page reads ${MOST_CHARACTERS} at most`);
  const value = parsed(text, what);
  if (Array.isArray(value)) return { architectures: value, isOne: false, beside: [] };
  if (typeof value !== "object" || value === null)
    throw new InvalidRequest(`${what} must be a network, an array of networks, or a pairlab.config.json`);
  if (!("architectures" in value)) return { architectures: [value as OwnArchitecture], isOne: true, beside: [] };
  checkConfig(value);
  const { architectures = [], ...others } = value;
  return { architectures, isOne: false, beside: Object.keys(others) };
}

function parsed(text: string, what: string): unknown {
  try {
    return parseJson(text, DEEPEST);
  } catch (error) {
    if (!(error instanceof InvalidJson)) throw error;
    const { line, column } = error.place;
    throw new InvalidRequest(`${what} ${error.message}: see line ${line}, column ${column}`, { cause: error });
  }
}

/**
 * Adds networks, as `addArchitectures` does. Those that are known as they are stay the same objects.
 *
 * @throws InvalidRequest as `addArchitectures`; then none is added
 */
export function addNetworks(given: readonly OwnArchitecture[]): void {
  const known = new Map(ownArchitectures().map((each) => [each.name, JSON.stringify(written(each))]));
  const checked = given.map((each, i) => ownArchitecture(each, `architectures[${i}]`));
  if (checked.some((each) => known.get(each.name) !== JSON.stringify(written(each)))) addArchitectures(given);
}

/** Those of some networks that are not pairlab's, in their order. */
export function ownOf(names: readonly string[]): OwnArchitecture[] {
  const own = new Map(ownArchitectures().map((each) => [each.name, each]));
  return names.flatMap((name) => own.get(name) ?? []).map(written);
}

/** A network as JSON has it, without the fields that have the usual values. */
export function written(network: OwnArchitecture): OwnArchitecture {
  const { name } = network;
  const usual: Partial<Record<string, unknown>> = { ...ownArchitecture({ name }, name) };
  const said = Object.entries(network).filter(
    ([field, value]) => field === "name" || JSON.stringify(value) !== JSON.stringify(usual[field]),
  );
  return JSON.parse(JSON.stringify(Object.fromEntries(said)));
}

/** What a command about these networks needs: a configuration that has nothing else. */
export const configFile = (own: readonly OwnArchitecture[]): string =>
  `${JSON.stringify({ architectures: own }, null, 2)}\n`;

/** A small network that trains, as somebody may write it: each layer on a line. @param learns  whether the images have classes to learn */
export function exampleText(learns: boolean): string {
  const trunk = [convolution(16, 3), relu(), maxPool(2), flatten(), linear(10)];
  const head = [linear(64), relu(), linear(2)];
  const lines = (layers: readonly Layer[]) =>
    `[\n${layers.map((layer) => `    ${JSON.stringify(layer).replaceAll(/([:,])(?=\S)/g, "$1 ")}`).join(",\n")}\n  ]`;
  const fields = [
    '"name": "my-network"',
    '"title": "my network"',
    `"trunk": ${lines(trunk)}`,
    `"head": ${lines(head)}`,
    ...(learns ? ['"auxiliaryWeight": 0.5'] : []),
    '"epochs": 10',
  ];
  return `{\n  ${fields.join(",\n  ")}\n}`;
}
