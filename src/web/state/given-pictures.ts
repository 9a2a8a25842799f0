import { effect, signal } from "@preact/signals";
import type { ImageOptions } from "../../core/data/image-options.js";
import { type RelationName, relationNamed } from "../../core/data/relations.js";
import { SETTINGS } from "../../core/settings/table.js";
import type { Address } from "../address/address.js";
import type { Settings } from "../address/options.js";
import type { GivenPictures, OwnAbout } from "../images/given-pictures.js";
import { LatestWins } from "../workers/latest-wins.js";
import { address, changeAddress } from "./address.js";
import { isTraining, OF_LISTS, planFor } from "./experiment.js";
import { ownOfPage, recalls } from "./kept.js";
import { leaveOwn, ownPictures, readOwn } from "./own-pictures.js";
import { type Laboratory, ownImages, site } from "./site.js";
import { holdEarlier } from "./trained.js";

/** What somebody gave is looked through, with how many files and folders there are so far; it waits for the end of a training; or why it is not taken. */
export type Giving =
  | { readonly state: "looking"; readonly found: number }
  | { readonly state: "waiting"; readonly name: string }
  | { readonly state: "not taken"; readonly message: string };

/** Undefined where nothing is on its way to be read. */
export const giving = signal<Giving | undefined>(undefined);

/** How what was given last is to be read. */
export const howRead = signal<ImageOptions>({});

/** While networks are chosen for a question: what the address asks is not yet of these pictures. */
export const isChoosing = signal(false);

/** What answers questions about pictures soon: of the ladder where classes have an order. */
const OF_CLASSES = {
  symmetric: ["matching", "weight-sharing-auxiliary"],
  ordered: ["weight-sharing-auxiliary", "one-by-one"],
} as const;

/** Enough for an answer that is far from chance, of a few hundred pictures of 32×32 pixels, in about twenty seconds on two cores. */
const EPOCHS = 5;

/** The address's part about an experiment. */
type Asked = Pick<Address, "networks" | "seed" | "rounds" | "settings">;

/** What the address asked before there were own pictures. */
let before: Asked | undefined;

const reading = new LatestWins();

/** Takes what somebody gave, once it is found. @param find  throws an Error with one line where it cannot be taken */
export async function give(find: (onFound: (found: number) => void) => Promise<GivenPictures>): Promise<void> {
  giving.value = { state: "looking", found: 0 };
  try {
    const given = await find((found) => {
      giving.value = { state: "looking", found };
    });
    read(given, {});
  } catch (error) {
    giving.value = { state: "not taken", message: (error as Error).message };
  }
}

/** Reads pictures. What is asked later takes the place of what has not begun yet. */
export function read(given: GivenPictures, asked: ImageOptions): void {
  giving.value = { state: "waiting", name: given.name };
  howRead.value = asked;
  reading.ask(async () => {
    await untilFree();
    giving.value = undefined;
    const { networks, seed, rounds, settings } = address.peek();
    isChoosing.value = true;
    const last = ownPictures.peek();
    await readOwn(given, asked);
    const now = ownPictures.peek();
    if (now.state !== "there") {
      isChoosing.value = false;
      return;
    }
    // The same pictures, read in another way, are asked the same.
    const isAgain = before !== undefined && last.state !== "none" && last.given === given;
    before ??= { networks, seed, rounds, settings };
    // What an earlier visit has trained on the same pictures.
    holdEarlier(ownOfPage.peek());
    recalls.value++;
    const { hasOrder, listed } = now.about;
    const kept = isAgain ? settings.relation : undefined;
    await ask(listed ? undefined : (kept ?? (hasOrder ? undefined : "equal")));
  });
}

/** Asks a question of the pictures, of networks that suit it. */
export const askThem = (relation: RelationName | undefined): void => reading.ask(() => ask(relation));

/** The site's own images again, and what was asked of them. */
export async function leavePictures(): Promise<void> {
  if (isTraining.peek()) return;
  await leaveOwn();
  giving.value = undefined;
  changeAddress({ ...before, run: undefined, pair: undefined });
  before = undefined;
}

/** Resolves when the page has its engine, or never will, and nothing is in training. */
const untilFree = (): Promise<void> =>
  new Promise((resolve) => {
    const dispose = effect(() => {
      if (isTraining.value || site.value.state === "loading") return;
      queueMicrotask(() => {
        dispose();
        resolve();
      });
    });
  });

async function ask(relation: RelationName | undefined): Promise<void> {
  const now = site.peek();
  const about = ownImages.peek();
  if (now.state === "ready" && about) {
    isChoosing.value = true;
    const asked = await suitable(now.laboratory, about, relation);
    // Somebody may have gone back to the site's images by now.
    if (ownImages.peek() === about) changeAddress({ ...asked, run: undefined, pair: undefined });
  }
  isChoosing.value = false;
}

/**
 * Networks that suit a question, with as many pairs as the pictures make: where they make fewer than are usual, an image may be in
 * several. Where no network can be trained, the address asks those that would be, and the page says why.
 */
async function suitable(
  laboratory: Laboratory,
  { listed }: OwnAbout,
  relation: RelationName | undefined,
): Promise<Asked> {
  const { symmetric } = relationNamed(listed?.relation ?? relation ?? SETTINGS.relation.usual);
  const networks = (listed ? OF_LISTS : OF_CLASSES)[symmetric ? "symmetric" : "ordered"];
  const common = { networks, seed: 0, rounds: 1 };
  let best: Asked = { ...common, settings: relation ? { relation } : {} };
  let most = 0;
  for (const reuse of listed ? [false] : [false, true]) {
    const settings: Settings = { ...(relation && { relation }), epochs: EPOCHS, ...(reuse && { reuse }) };
    const { jobs } = await planFor({ ...common, own: [], settings }, laboratory);
    const pairs = jobs[0]?.config.trainPairs ?? 0;
    if (pairs <= most) continue;
    most = pairs;
    best = { ...common, networks: jobs.map(({ architecture }) => architecture), settings };
    if (pairs >= SETTINGS.trainPairs.usual) break;
  }
  return best;
}
