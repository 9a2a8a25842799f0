import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * A program that tests start: the commands that it is known by, best first, and the Debian package that has it.
 *
 * @typedef {object} Program
 * @property {string} title
 * @property {readonly string[]} commands
 * @property {string} debianPackage
 */

/** @typedef {Program & { readonly kind: "chrome" | "firefox" }} Browser */

/** @type {readonly Browser[]} */
export const BROWSERS = [
  {
    title: "Chromium",
    kind: "chrome",
    commands: ["chromium", "chromium-browser", "google-chrome"],
    debianPackage: "chromium",
  },
  { title: "Firefox", kind: "firefox", commands: ["firefox-esr", "firefox"], debianPackage: "firefox-esr" },
];

/**
 * All that tests start and npm does not install; the documents' commands use jq.
 *
 * @type {readonly Program[]}
 */
export const PROGRAMS = [...BROWSERS, { title: "jq", commands: ["jq"], debianPackage: "jq" }];

/**
 * The path of the first of some commands that PATH has.
 *
 * @param {readonly string[]} commands
 * @returns {string | undefined}
 */
export function findCommand(commands) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(isExecutable);
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
