import { TOUR_STEPS, type View } from "../address/address.js";
import { address } from "../state/address.js";
import { drawnPair, isDrawing } from "../state/drawing.js";
import { experiment } from "../state/experiment.js";
import { isHidden } from "../state/hidden.js";
import { seen } from "../state/site.js";

/** A step of the tour: something to look at, or to do with the page's own controls. */
export interface Step {
  /** In the address, from 1. */
  readonly number: number;
  readonly title: string;
  readonly text: () => string;
  /** Where it is done. */
  readonly view: View;
  /** Selectors of what it is about, which is outlined. The page scrolls to the first. */
  readonly targets: () => readonly string[];
  /** Begins to watch, where there is something to do. @returns whether it is done, by signals */
  readonly watch?: () => () => boolean;
}

const LADDER = ".first-screen .ladder-frame";
const BUTTONS = ".controls .buttons";

const state = () => experiment.value?.state.value;
const ids = () => experiment.value?.runs.map(({ job }) => job.id) ?? [];

/** What the last step is about: something that gives other runs, and then Start. */
function change(): { readonly text: string; readonly targets: readonly string[] } {
  if (!isHidden("settings"))
    return {
      text: "Open Seeds and settings, and write 200 for Training pairs. Then press Start. Every network learns from a fifth of the pairs: which bars get longer?",
      targets: [".settings-more", BUTTONS],
    };
  if (!isHidden("others"))
    return {
      text: "Open the networks that the paper does not have, choose one, and press Start. Where does its bar end?",
      targets: [".choices .more", BUTTONS],
    };
  return { text: "Choose other networks of the ladder, and press Start.", targets: [LADDER, BUTTONS] };
}

const ALL: readonly Omit<Step, "number">[] = [
  {
    title: "What is asked",
    text: () =>
      "A network sees a pair of images, and answers one question with yes or no. The outlined sentence has the question. Nobody tells it a rule: it learns from pairs with their answers.",
    view: "train",
    targets: () => [".task"],
  },
  {
    title: "Start the training",
    text: () => "Press Start. The networks learn from the same pairs, here in this browser.",
    view: "train",
    targets: () => [BUTTONS],
    watch: () => () => state() !== undefined && state() !== "ready",
  },
  {
    title: "Watch the ladder",
    text: () =>
      "Each row is told one fact more than the row above. Its bar is how often it is wrong on new pairs. The bars move until all networks are trained: which fact shortens the bar most?",
    view: "train",
    targets: () => [LADDER],
    watch: () => () => state() === "done" && ids().length > 0,
  },
  {
    title: "Look at a mistake",
    text: () =>
      "These are pairs that a network decides wrong, the surest first. Choose one: above stands what the network sees in it.",
    view: "inside",
    targets: () => [".mistakes"],
    watch: () => {
      const { pair } = address.peek();
      return () => address.value.view === "inside" && address.value.pair !== undefined && address.value.pair !== pair;
    },
  },
  {
    title: "Draw",
    text: () =>
      "Draw a digit in each pad, or take a pair of Try these. The networks answer: can you draw a pair that one of them gets wrong?",
    view: "draw",
    targets: () => [".pads"],
    watch: () => {
      const pair = drawnPair.peek();
      return () => drawnPair.value !== undefined && drawnPair.value !== pair && !isDrawing.value;
    },
  },
  {
    title: "Change one thing",
    text: () => change().text,
    view: "train",
    targets: () => change().targets,
    watch: () => {
      const before = new Set(ids());
      return () => state() === "done" && ids().some((id) => !before.has(id));
    },
  },
];

/** The steps that the page's images have: other images than digits are not drawn. */
export const steps = (): readonly Step[] =>
  ALL.slice(0, TOUR_STEPS)
    .map((step, i) => ({ ...step, number: i + 1 }))
    .filter(({ view }) => view !== "draw" || seen.value.isDigits);
