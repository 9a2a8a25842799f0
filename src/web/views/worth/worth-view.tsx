import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { count } from "../../../core/text/format.js";
import { HINTS, type Hint } from "../../address/address.js";
import { address, changeAddress } from "../../state/address.js";
import { site } from "../../state/site.js";
import { trainedOnThese } from "../../state/trained.js";
import { Explained } from "../../ui/term.js";
import { WorthChart } from "./chart.js";
import { HintChoice } from "./hint-choice.js";
import { ownPoints } from "./own-points.js";
import { sentencesOf } from "./sentence.js";
import { nearestStop, stopsBetween } from "./stops.js";
import { command, FEWEST, labelBits, MOST, rounds, type Step, steps, testPairs, version, worthAt } from "./study.js";
import { StudyTables } from "./tables.js";
import { TrainPoint } from "./train-point.js";
import "./worth.css";

/** What a link without a hint and a number of pairs shows: the paper's number, and the hint that lowers the error most. */
const USUAL = { hint: "auxiliary-loss", at: 1000 } as const;

/** As addresses have it. */
const inAddress = ({ hint }: Step): Hint | undefined => HINTS.find((each) => each === hint.replaceAll(" ", "-"));

/** How long the handle rests before the address says where it is, in ms: browsers limit how often an address changes. */
const REST = 300;

/** Where the handle is. The address says so when it rests, and takes the handle along when it changes. */
function useHandle(at: number, stops: readonly number[]) {
  const [pairs, setPairs] = useState(() => nearestStop(stops, at));
  const said = useRef(at);
  useEffect(() => {
    if (at !== said.current) setPairs(nearestStop(stops, at));
    said.current = at;
  }, [at]);
  useEffect(() => {
    if (pairs === nearestStop(stops, said.current)) return;
    const resting = setTimeout(() => {
      said.current = pairs;
      changeAddress({ at: pairs });
    }, REST);
    return () => clearTimeout(resting);
  }, [pairs]);
  return [pairs, setPairs] as const;
}

/** The study, with a handle at a number of pairs. */
export function WorthView() {
  const { hint = USUAL.hint, at = USUAL.at } = address.value;
  const stops = useMemo(() => stopsBetween(FEWEST, MOST), []);
  const step = steps.find((each) => inAddress(each) === hint) ?? (steps[0] as Step);
  const [pairs, setPairs] = useHandle(at, stops);
  const worth = useMemo(() => worthAt(step, pairs), [step, pairs]);
  const now = site.value;
  const runs = trainedOnThese.value;
  const points = useMemo(() => (now.state === "ready" ? ownPoints(runs, now.laboratory) : []), [now, runs]);
  const { withHint, withoutHint, interval } = sentencesOf(worth);
  return (
    <>
      <section class="worth-study" aria-label="The study">
        <HintChoice step={step} onChoose={(chosen) => changeAddress({ hint: inAddress(chosen) })} />
        <p class="worth-sentence">
          {withHint} <strong>{withoutHint}</strong>{" "}
          <span class="interval">
            <Explained text={interval} />
          </span>
        </p>
        <WorthChart step={step} worth={worth} stops={stops} points={points} onPairs={setPairs} />
        <TrainPoint step={step} pairs={pairs} />
      </section>
      <section class="worth-method" aria-labelledby="worth-method">
        <h2 id="worth-method">How it was measured</h2>
        <p>
          Each line is a network that has one hint more than the one before; neighbours differ in nothing else. A dot is
          the mean of {rounds} rounds, each tested on {count(testPairs)} pairs, which use every test image once. The
          band is its 95% interval. Between two dots, the line is straight on these axes.
        </p>
        <p>
          Every network has its own settings, which suit 1,000 pairs: <code>npx pairlab worth --tuned</code> tunes them
          at every number of pairs.{" "}
          {inAddress(step) === "auxiliary-loss" &&
            `The auxiliary loss also takes more labels: a pair with both digits has ${labelBits.classes.toFixed(1)} bits of them, and one with the answer alone ${labelBits.answer.toFixed(2)}.`}
        </p>
        <p class="faint">
          pairlab {version} printed these numbers. <code>{command}</code> trains the same runs again.
        </p>
        <StudyTables />
      </section>
    </>
  );
}
