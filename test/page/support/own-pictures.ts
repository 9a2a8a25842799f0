import type { ElementHandle } from "puppeteer-core";
import type { Visitor } from "./visitor.js";

/** Chooses a folder or an archive in the view of one's own pictures. */
export async function choosePictures(
  { page }: Visitor,
  path: string,
  kind: "folder" | "archive" = "folder",
): Promise<void> {
  const inputs = (await page.$$(".drop-area input[type=file]")) as ElementHandle<HTMLInputElement>[];
  await inputs[kind === "folder" ? 0 : 1]?.uploadFile(path);
}

/** Opens the view, and gives it a folder or an archive. */
export async function givePictures(visitor: Visitor, path: string, kind?: "folder" | "archive"): Promise<void> {
  await visitor.open("#/pictures");
  await visitor.until(() => document.querySelector(".drop-area") !== null);
  await choosePictures(visitor, path, kind);
}

/** Sets one of the fields that say how pictures are read. */
export async function setReading({ page }: Visitor, name: string, value: string): Promise<void> {
  await page.$eval(
    `.reading [name=${name}]`,
    (field, text) => {
      (field as HTMLInputElement | HTMLSelectElement).value = text;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
    value,
  );
}

/** The SHA-256 of the pictures, as the view says it. */
export const shownSha256 = ({ page }: Visitor): Promise<string> =>
  page.$eval(".identity code", (code) => (code as HTMLElement).title);

/** Trains what the view offers, to its end. */
export async function trainPictures(visitor: Visitor): Promise<void> {
  await visitor.press("Train", "button", ".train-them");
  await visitor.until(() => document.querySelector(".train-them [role=status]")?.textContent === "Done.");
}

/** Puts two files into the slots, and waits for an answer. */
export async function askAboutFiles(visitor: Visitor, files: readonly [string, string]): Promise<void> {
  const inputs = (await visitor.page.$$(".slot input[type=file]")) as ElementHandle<HTMLInputElement>[];
  for (const [i, file] of files.entries()) await inputs[i]?.uploadFile(file);
  await visitor.until(() => /says:/.test(document.querySelector(".ask-two .answer")?.textContent ?? ""));
  await visitor.settled();
}
