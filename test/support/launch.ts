import { type Browser, type LaunchOptions, launch } from "puppeteer-core";
import { BROWSERS, findCommand } from "./programs.js";

/** Chromium's own sandbox refuses root, and its services would call home. */
const CHROMIUM_ALONE = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/**
 * Starts a headless browser with a fresh profile.
 *
 * @param title  of one of `BROWSERS`
 */
export function launchBrowser(title: string, { args = [], ...options }: LaunchOptions = {}): Promise<Browser> {
  const found = BROWSERS.find((browser) => browser.title === title);
  if (!found) throw new Error(`no browser is called ${title}`);
  const { kind, commands } = found;
  const executablePath = findCommand(found);
  if (!executablePath) throw new Error(`none of ${commands.join(", ")} on PATH`);
  const alone = kind === "chrome" ? CHROMIUM_ALONE : [];
  return launch({ browser: kind, executablePath, args: [...alone, ...args], ...options });
}
