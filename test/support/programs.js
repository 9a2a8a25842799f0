import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * A program that tests start: the commands that it is known by, best first, and the Debian packages that have it.
 *
 * @typedef {object} Program
 * @property {string} title
 * @property {readonly string[]} commands
 * @property {readonly string[]} debianPackages
 * @property {readonly string[]} [proof]  with which the right one of several of that name ends well
 */

/** @typedef {Program & { readonly kind: "chrome" | "firefox" }} Browser */

/** @type {readonly Browser[]} */
export const BROWSERS = [
  {
    // Chromium without windows starts in half of the processor time, and is the same inside.
    title: "Chromium",
    kind: "chrome",
    commands: ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"],
    debianPackages: ["chromium-headless-shell"],
  },
  { title: "Firefox", kind: "firefox", commands: ["firefox-esr", "firefox"], debianPackages: ["firefox-esr"] },
];

/**
 * With ONNX's own checker, and with what the documents' Python needs.
 *
 * @type {Program}
 */
export const ONNX_PYTHON = {
  title: "Python 3 with the modules numpy, onnx and PIL",
  commands: ["python3"],
  debianPackages: ["python3-onnx", "python3-pil"],
  proof: ["-c", "import numpy, onnx, PIL"],
};

/**
 * For what the documents do in PyTorch.
 *
 * @type {Program}
 */
export const TORCH_PYTHON = {
  title: "Python 3 with the modules numpy and torch",
  commands: ["python3"],
  debianPackages: ["python3-numpy", "python3-torch"],
  proof: ["-c", "import numpy, torch"],
};

/**
 * For queues.
 *
 * @type {Program}
 */
export const REDIS = { title: "Redis", commands: ["redis-server"], debianPackages: ["redis-server"] };

/**
 * For certificates.
 *
 * @type {Program}
 */
export const OPENSSL = { title: "OpenSSL", commands: ["openssl"], debianPackages: ["openssl"] };

/**
 * All that tests start and npm does not install; the documents' commands use jq.
 *
 * @type {readonly Program[]}
 */
export const PROGRAMS = [
  ...BROWSERS,
  { title: "jq", commands: ["jq"], debianPackages: ["jq"] },
  ONNX_PYTHON,
  TORCH_PYTHON,
  REDIS,
  OPENSSL,
];

/**
 * The path of the first of a program's commands that PATH has.
 *
 * @param {Pick<Program, "commands" | "proof">} program
 * @returns {string | undefined}
 */
export function findCommand({ commands, proof }) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return commands
    .flatMap((command) => folders.map((folder) => join(folder, command)))
    .find((path) => isExecutable(path) && (!proof || spawnSync(path, proof).status === 0));
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
