import { type Browser, type LaunchOptions, launch } from "puppeteer-core";
import { launchChromium } from "../../bench/served-page.js";
import { BROWSERS, findCommand } from "./programs.js";

/**
 * Starts a headless browser with a fresh profile.
 *
 * @param title  of one of `BROWSERS`
 */
export function launchBrowser(title: string, options: LaunchOptions = {}): Promise<Browser> {
  const found = BROWSERS.find((browser) => browser.title === title);
  if (!found) throw new Error(`no browser is called ${title}`);
  const { kind, commands } = found;
  const executablePath = findCommand(found);
  if (!executablePath) throw new Error(`none of ${commands.join(", ")} on PATH`);
  return kind === "chrome"
    ? launchChromium({ executablePath, ...options })
    : launch({ browser: kind, executablePath, ...options });
}
