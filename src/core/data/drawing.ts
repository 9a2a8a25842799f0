import { InvalidRequest } from "../errors.js";
import { Stream } from "../random/streams.js";
import type { LabelledImages } from "./images.js";
import type { Relation } from "./relations.js";

/** What pairs are drawn from: the images that one set of pairs may consist of, by number, and all images' classes. */
export interface Pool {
  readonly numbers: Uint32Array;
  readonly labels: ArrayLike<number>;
  /** Where pairs are given with their answers: those that there are. No others are drawn. */
  readonly listed?: ListedPairs;
}

/** Pairs that are given with their answers. */
export interface ListedPairs {
  /** `[pairs, 2]`: numbers of images. */
  readonly images: Uint32Array;
  /** `[pairs]`: 1 where the answer is yes. */
  readonly targets: Uint8Array;
}

/** A pool with what it is for, for errors: "test", "training". */
export interface NamedPool extends Pool {
  readonly kind: string;
}

/** How pairs are drawn from a pool. */
export interface DrawingRules {
  readonly relation: Pick<Relation, "holds">;
  /** Every other pair has the answer yes, the first pair of all among them. */
  readonly balance?: boolean;
  /** An image may be in several pairs; no two images meet twice. */
  readonly reuse?: boolean;
}

/** Draws of two images that may fail before all that is left is looked through. */
const TRIES = 10_000;

/**
 * Draws pairs at random: numbers 2p and 2p + 1 of the result are those of pair p. Fewer pairs are the first of more.
 *
 * A pair with a given answer is one of all pairs of different images that have it, each as likely: two images are drawn until
 * their answer is the one that is wanted.
 *
 * @throws InvalidRequest where there are not so many pairs
 */
export function drawPairsFrom(pool: NamedPool, pairs: number, stream: Stream, rules: DrawingRules): Uint32Array {
  const { numbers, listed } = pool;
  const { balance = false, reuse = false } = rules;
  if (listed) return drawListed(listed, pool.kind, pairs, stream, balance);
  if (!reuse) requireImages(pool, pairs);
  if (!(balance || reuse)) return stream.sample(2 * pairs, numbers.length).map((place) => numbers[place] as number);
  const drawn = new Uint32Array(2 * pairs);
  const left = new Remaining(pool, rules);
  for (let pair = 0; pair < pairs; pair++) {
    const found = left.draw(stream, wantedOf(pair, balance));
    if (!found) throw tooFew(pool, pairs, pair, wantedOf(pair, balance), reuse);
    drawn.set(found, 2 * pair);
  }
  return drawn;
}

const wantedOf = (pair: number, balance: boolean): boolean | undefined => (balance ? pair % 2 === 0 : undefined);

/** Given pairs in a random order; balanced ones take turns. */
function drawListed(
  { images, targets }: ListedPairs,
  kind: string,
  pairs: number,
  stream: Stream,
  balance: boolean,
): Uint32Array {
  const { length } = targets;
  const most = mostListed(targets, balance);
  if (pairs > 0 && most === 0)
    throw new InvalidRequest(
      length === 0
        ? `there are no ${kind} pairs in the list: give more pairs, or a column split`
        : `the ${length} ${kind} pairs of the list all have one answer, so that none are balanced: draw them as they come (--no-balance), or give a column split`,
    );
  if (pairs > most)
    throw new InvalidRequest(
      `there are ${length} ${kind} pairs in the list${balance ? `, which makes ${most} balanced ones` : ""}: take at most ${most}, not ${pairs}`,
    );
  const order = Array.from(stream.sample(length, length));
  const [yes, no] = [1, 0].map((target) => order.filter((pair) => targets[pair] === target)) as [number[], number[]];
  const taken = balance
    ? Array.from({ length: pairs }, (_, pair) => (pair % 2 === 0 ? yes : no)[pair >> 1] as number)
    : order.slice(0, pairs);
  return Uint32Array.from(taken.flatMap((pair) => [images[2 * pair] as number, images[2 * pair + 1] as number]));
}

function mostListed(targets: Uint8Array, balance: boolean): number {
  if (!balance) return targets.length;
  const yes = targets.reduce((sum, target) => sum + target, 0);
  return 2 * Math.min(yes, targets.length - yes);
}

/** How many pairs `drawPairsFrom` can draw. */
export function mostPairsFrom(pool: Pool, stream: Stream, rules: DrawingRules): number {
  if (pool.listed) return mostListed(pool.listed.targets, rules.balance ?? false);
  if (rules.reuse) return mostDistinct(pool, rules);
  const most = Math.floor(pool.numbers.length / 2);
  if (!rules.balance) return most;
  const left = new Remaining(pool, rules);
  let pairs = 0;
  while (pairs < most && left.draw(stream, wantedOf(pairs, true))) pairs++;
  return pairs;
}

/** Pairs of different images that a pool has, whichever comes first; of balanced ones twice those with the rarer answer. */
function mostDistinct({ numbers, labels }: Pool, { relation, balance }: DrawingRules): number {
  const counts = new Map<number, number>();
  for (const image of numbers) counts.set(labels[image] as number, (counts.get(labels[image] as number) ?? 0) + 1);
  const classes = [...counts];
  const having = { true: 0, false: 0 };
  let all = 0;
  classes.forEach(([one, ones], i) => {
    for (const [other, others] of classes.slice(i)) {
      const pairs = one === other ? (ones * (ones - 1)) / 2 : ones * others;
      all += pairs;
      const answers = new Set([relation.holds(one, other), relation.holds(other, one)]);
      for (const answer of answers) having[`${answer}`] += pairs;
    }
  });
  // A pair that has either answer, by its order, is in both sums and can be drawn once.
  return balance ? Math.min(2 * Math.min(having.true, having.false), all) : all;
}

function requireImages({ numbers, kind }: NamedPool, pairs: number): void {
  if (2 * pairs <= numbers.length) return;
  const most = Math.floor(numbers.length / 2);
  const means = most > 0 ? `take at most ${most}, or let images be in several pairs (reuse)` : "give more images";
  throw new InvalidRequest(
    `${pairs} ${kind} pairs need ${2 * pairs} distinct images, but there are ${numbers.length}: ${means}`,
  );
}

function tooFew({ kind }: NamedPool, pairs: number, found: number, wanted: boolean | undefined, reuse: boolean): Error {
  const answer = wanted === undefined ? "" : ` with the answer ${wanted ? "yes" : "no"}`;
  const others = reuse ? "" : ", or let images be in several pairs (reuse)";
  const most = found > 0 ? `take at most ${found} ${kind} pairs` : "other images or another relation are needed";
  return new InvalidRequest(
    `${pairs} ${kind} pairs: after ${found} there is no further pair${answer}: ${most}${others}`,
  );
}

/** What is left of a pool while pairs are drawn from it. */
class Remaining {
  readonly #pool: Pool;
  readonly #rules: DrawingRules;
  /** Without reuse, those that are in no pair yet. */
  readonly #images: Uint32Array;
  #count: number;
  /** With reuse: the pairs that there are, the smaller number first. */
  readonly #met = new Set<number>();

  constructor(pool: Pool, rules: DrawingRules) {
    this.#pool = pool;
    this.#rules = rules;
    this.#images = pool.numbers.slice();
    this.#count = this.#images.length;
  }

  draw(stream: Stream, wanted: boolean | undefined): [number, number] | undefined {
    if (this.#count < 2) return undefined;
    for (let tried = 0; tried < TRIES; tried++) {
      const places = [stream.below(this.#count), stream.below(this.#count)] as const;
      if (this.#isFree(places, wanted)) return this.#take(places);
    }
    const all = this.#all(wanted);
    return all.length === 0 ? undefined : this.#take(all[stream.below(all.length)] as [number, number]);
  }

  #isFree([first, second]: readonly [number, number], wanted: boolean | undefined): boolean {
    if (first === second) return false;
    const [one, other] = [this.#images[first] as number, this.#images[second] as number];
    if (wanted !== undefined && this.#answer(one, other) !== wanted) return false;
    return !this.#met.has(this.#key(one, other));
  }

  #answer(first: number, second: number): boolean {
    const { labels } = this.#pool;
    return this.#rules.relation.holds(labels[first] as number, labels[second] as number);
  }

  #key(one: number, other: number): number {
    return Math.min(one, other) * 2 ** 26 + Math.max(one, other);
  }

  #take([first, second]: readonly [number, number]): [number, number] {
    const taken: [number, number] = [this.#images[first] as number, this.#images[second] as number];
    if (this.#rules.reuse) this.#met.add(this.#key(...taken));
    else
      for (const place of [Math.max(first, second), Math.min(first, second)])
        this.#images[place] = this.#images[--this.#count] as number;
    return taken;
  }

  /** All pairs that are left, by their places. Looked for where hardly any are. */
  #all(wanted: boolean | undefined): [number, number][] {
    const found: [number, number][] = [];
    const byClass = new Map<number, number[]>();
    for (let place = 0; place < this.#count; place++) {
      const label = this.#pool.labels[this.#images[place] as number] as number;
      const places = byClass.get(label);
      if (places) places.push(place);
      else byClass.set(label, [place]);
    }
    for (const [first, firsts] of byClass)
      for (const [second, seconds] of byClass) {
        if (wanted !== undefined && this.#rules.relation.holds(first, second) !== wanted) continue;
        for (const one of firsts)
          for (const other of seconds) if (this.#isFree([one, other], undefined)) found.push([one, other]);
      }
    return found;
  }
}

/** Which classes a seed's training, validation and test pairs are of: a part for each class. */
export type ClassPart = "training" | "validation" | "test";

/** Of so many classes, a tenth is for validation always; of fewer, only where a choice is made. */
const MANY_CLASSES = 20;

/**
 * Deals out the classes of a data set by seed: three tenths for test pairs; where there are 20 classes or more a tenth for
 * validation pairs, and where there are fewer three tenths of the others, but only for runs that are measured on them; the
 * others for training.
 *
 * @returns [classes]
 * @throws InvalidRequest where there are not two classes at least for each part
 */
export function classParts(seed: number, classes: number, forValidation: boolean): ClassPart[] {
  const test = Math.max(2, Math.round(classes * 0.3));
  const tenth = Math.round(classes * 0.1);
  const few = forValidation ? Math.max(2, Math.round((classes - test) * 0.3)) : 0;
  const validation = classes >= MANY_CLASSES ? tenth : few;
  const training = classes - test - validation;
  if (training < 2)
    throw new InvalidRequest(
      `${classes} classes are too few to split: ${forValidation ? "training, validation and test" : "training and test"} pairs need two or more classes each; split the images instead`,
    );
  const parts: ClassPart[] = new Array(classes).fill("training");
  new Stream(seed, "class split").sample(classes, classes).forEach((number, place) => {
    if (place < test) parts[number] = "test";
    else if (place < test + validation) parts[number] = "validation";
  });
  return parts;
}

/** The part of pairs of different images, drawn at random, of which a relation holds. */
export function shareOfYes(counts: ArrayLike<number>, { holds }: Pick<Relation, "holds">): number {
  let [yes, all] = [0, 0];
  for (let first = 0; first < counts.length; first++)
    for (let second = 0; second < counts.length; second++) {
      const pairs = (counts[first] as number) * ((counts[second] as number) - Number(first === second));
      all += pairs;
      if (holds(first, second)) yes += pairs;
    }
  return all === 0 ? 0 : yes / all;
}

/** How many images each class has. */
export function classCounts({ labels, classes = 10 }: Pick<LabelledImages, "labels" | "classes">): Uint32Array {
  const counts = new Uint32Array(classes);
  if (classes === 0) return counts;
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts;
}
