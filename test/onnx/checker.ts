import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { temporaryFolder } from "../support/pairlab.js";
import { findCommand, ONNX_PYTHON } from "../support/programs.js";

/** What ONNX's own Python package says of a file. */
export interface Checked {
  /** What the checker refuses; null where it accepts the file. */
  readonly complaint: string | null;
  /** Inputs, constants and values that nothing is made of. */
  readonly unused: readonly string[];
  readonly ir: number;
  readonly opset: number;
  readonly doc: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Each node's operator. */
  readonly nodes: Readonly<Record<string, string>>;
  /** Each constant's shape and first elements. */
  readonly constants: Readonly<Record<string, readonly [readonly number[], readonly number[]]>>;
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>;
  readonly outputs: Readonly<Record<string, readonly (number | string)[]>>;
}

const SCRIPT = fileURLToPath(new URL("./check.py", import.meta.url));
/** A description of all networks has some megabytes. */
const MOST_BYTES = 2 ** 27;

/** Has ONNX's checker see files of these names, its shape inference included. */
export async function checked(
  models: Readonly<Record<string, Uint8Array>>,
): Promise<Readonly<Record<string, Checked>>> {
  const python = findCommand(ONNX_PYTHON);
  if (!python)
    throw new Error(`no ${ONNX_PYTHON.title} on PATH: apt-get install -y ${ONNX_PYTHON.debianPackages.join(" ")}`);
  const folder = await temporaryFolder();
  try {
    for (const [name, model] of Object.entries(models)) await writeFile(join(folder.path, `${name}.onnx`), model);
    const { stdout } = await promisify(execFile)(python, [SCRIPT, folder.path], { maxBuffer: MOST_BYTES });
    return JSON.parse(stdout);
  } finally {
    await folder.remove();
  }
}
