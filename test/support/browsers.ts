import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A browser that the tests run in: the commands that start it, best first, and the Debian package that has it. */
export interface Browser {
  readonly title: string;
  readonly kind: "chrome" | "firefox";
  readonly commands: readonly string[];
  readonly debianPackage: string;
}

export const BROWSERS: readonly Browser[] = [
  {
    title: "Chromium",
    kind: "chrome",
    commands: ["chromium", "chromium-browser", "google-chrome"],
    debianPackage: "chromium",
  },
  { title: "Firefox", kind: "firefox", commands: ["firefox-esr", "firefox"], debianPackage: "firefox-esr" },
];

/** The path of the first of some commands that PATH has. */
export function findCommand(commands: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
