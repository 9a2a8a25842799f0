import { useEffect, useState } from "preact/hooks";
import { pulse } from "../state/pulse.js";
import type { Experiment } from "../training/experiment.js";

/** Renders again as an experiment goes on, a few times a second. */
export function usePulse(experiment: Experiment): void {
  const [, setCount] = useState(0);
  useEffect(() => {
    const followed = pulse(experiment.changes);
    const unsubscribe = followed.value.subscribe(setCount);
    return () => {
      unsubscribe();
      followed.end();
    };
  }, [experiment]);
}
