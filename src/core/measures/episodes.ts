import { counting, fields, numbers, optional, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { Stream } from "../random/streams.js";
import { checkProbabilities } from "./check-answers.js";

/** Questions of which of several images is of a given image's class. */
export interface Episodes {
  readonly count: number;
  /** Candidates of each. */
  readonly ways: number;
  /** `[count, 1 + ways]`: numbers of images, the query, then the candidate of its class, then those of other classes. */
  readonly images: Uint32Array;
}

/** How many episodes, of how many candidates. */
export interface EpisodeOptions {
  /** Candidates of each, of as many classes; default 5. */
  readonly ways?: number;
  /** How many; default 1,000. */
  readonly episodes?: number;
}

const OPTIONS = fields(
  {
    ways: optional(within({ least: 2, most: 1000, whole: true })),
    episodes: optional(within({ least: 1, most: 100_000, whole: true })),
  },
  "option",
);

/**
 * Draws N-way one-shot episodes (Lake, Salakhutdinov and Tenenbaum 2015; Koch, Zemel and Salakhutdinov 2015, "Siamese neural networks for
 * one-shot image recognition"), by seed. The query's class is each with two images equally likely, the other classes and every image of
 * a class likewise; the query is never its own candidate. Give images of classes that were not trained on to ask of unseen classes.
 *
 * @param classes  of the images to draw from
 * @throws InvalidRequest where there are fewer classes than ways, no class has two images, or an option is out of range
 */
export function drawEpisodes(classes: ArrayLike<number>, seed: number, options: EpisodeOptions = {}): Episodes {
  numbers(1)(classes, "classes");
  OPTIONS(options, "");
  const { ways = 5, episodes: count = 1000 } = options;
  const members = new Map<number, number[]>();
  for (let image = 0; image < classes.length; image++) {
    const of = classes[image] as number;
    const own = members.get(of);
    if (own) own.push(image);
    else members.set(of, [image]);
  }
  // By class, so that the images' order decides nothing but which image of a class is meant.
  const all = [...members].sort(([a], [b]) => a - b).map(([, images]) => images);
  const several = all.filter((images) => images.length > 1);
  if (all.length < ways)
    throw new InvalidRequest(
      `${ways} ways need images of ${ways} classes, but there are ${all.length}: take ${all.length} ways at most`,
    );
  if (several.length === 0)
    throw new InvalidRequest("an episode needs two images of a class: give images of which two are of one class");
  const stream = new Stream(seed, "episodes");
  const of = (images: readonly number[]) => images[stream.below(images.length)] as number;
  const images = new Uint32Array(count * (1 + ways));
  for (let episode = 0, at = 0; episode < count; episode++) {
    const own = several[stream.below(several.length)] as readonly number[];
    const [query = 0, right = 0] = stream.sample(2, own.length);
    const others = all.filter((each) => each !== own);
    const drawn = Array.from(stream.sample(ways - 1, others.length), (other) => of(others[other] as readonly number[]));
    images.set([own[query] as number, own[right] as number, ...drawn], at);
    at += 1 + ways;
  }
  return { count, ways, images };
}

/**
 * N-way accuracy: the share of episodes in which the first candidate, which is of the query's class, has the largest probability of
 * being so; where m candidates share the largest, 1/m of an episode. Always one answer has 1/ways.
 *
 * @param probabilities  [episodes, ways], in the candidates' order
 * @throws InvalidRequest where they are no probabilities of so many candidates each
 */
export function episodeAccuracy(probabilities: ArrayLike<number>, ways: number): number {
  counting(ways, "ways");
  checkProbabilities(probabilities);
  const count = probabilities.length / ways;
  if (!Number.isInteger(count))
    throw new InvalidRequest(`${probabilities.length} probabilities are not those of episodes of ${ways} candidates`);
  let sum = 0;
  for (let episode = 0; episode < count; episode++) {
    const right = probabilities[episode * ways] as number;
    let [larger, equal] = [0, 0];
    for (let way = 0; way < ways; way++) {
      const other = probabilities[episode * ways + way] as number;
      if (other > right) larger++;
      else if (other === right) equal++;
    }
    if (larger === 0) sum += 1 / equal;
  }
  return sum / count;
}
