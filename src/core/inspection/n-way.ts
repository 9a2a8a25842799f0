import type { Pairs } from "../data/index.js";
import { InvalidRequest } from "../errors.js";
import { drawEpisodes, episodeAccuracy } from "../measures/index.js";
import type { TrainedNetwork } from "../training/index.js";
import { classesOf, isSameness } from "./both-ways.js";
import { decisionsAmong } from "./decisions.js";

/** Which episodes a network is asked about: in each, which of several images is of the first one's class. */
export interface EpisodeOptions {
  /** Candidates of an episode; default 5, or as many classes as there are. Of relations that hold within a class and nowhere else. */
  readonly ways?: number;
  /** Default 1,000. */
  readonly episodes?: number;
}

/** In how many episodes the network finds the image of the same class. */
export interface EpisodeAccuracy {
  readonly ways: number;
  readonly episodes: number;
  /** A fraction of the episodes. */
  readonly accuracy: number;
}

/**
 * @param testImages  [pairs, 2]: numbers of the test pairs' images; absent where no image is in two pairs
 * @returns null where the relation is not that of being of one class, or no episode can be drawn
 * @throws InvalidRequest where there are fewer classes than `ways`
 */
export function episodeAccuracyOf(
  network: TrainedNetwork,
  test: Pairs,
  testImages: ArrayLike<number> | undefined,
  { ways: asked, episodes = 1000 }: EpisodeOptions,
  seed: number,
): EpisodeAccuracy | null {
  const { relation } = network.model;
  const classes = classesOf(test).length;
  const ways = asked ?? Math.min(5, classes);
  if (classes < 2 || !isSameness(test, relation)) return null;
  if (ways > classes)
    throw new InvalidRequest(`${ways} ways need images of ${ways} classes, but the test pairs have ${classes}`);
  // An image that is in several pairs is one image.
  const places = new Map<number, number>();
  for (let place = 0; place < 2 * test.count; place++) {
    const image = testImages ? (testImages[place] as number) : place;
    if (!places.has(image)) places.set(image, place);
  }
  const pool = [...places.values()];
  const own = pool.map((place) => test.classes[place] as number);
  if (new Set(own).size === own.length) return null;
  const drawn = drawEpisodes(own, seed, { ways, episodes });
  const chosen = new Uint32Array(2 * ways * episodes);
  for (let episode = 0, to = 0; episode < episodes; episode++)
    for (let way = 1; way <= ways; way++) {
      const at = episode * (1 + ways);
      chosen[to++] = pool[drawn.images[at] as number] as number;
      chosen[to++] = pool[drawn.images[at + way] as number] as number;
    }
  const { probabilities } = decisionsAmong(network, test, chosen);
  return { ways, episodes, accuracy: episodeAccuracy(probabilities, ways) };
}
