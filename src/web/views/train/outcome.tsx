import { isHidden } from "../../state/hidden.js";
import { isRecalled, ownRuns } from "../../state/kept.js";
import type { Experiment } from "../../training/experiment.js";
import { useLater } from "../../ui/use-later.js";
import { Curves } from "./curves.js";
import { Differences } from "./differences.js";
import { ResultsTable } from "./results-table.js";
import { RunList } from "./run-list.js";

/** What an experiment comes to, and those before it. It stands below the first screen, and is fetched when the images are there. */
export function Outcome({ experiment }: { readonly experiment: Experiment }) {
  const kept = useLater(isRecalled.value && ownRuns.value.size > 0, () => import("../kept/tray.js"));
  return (
    <>
      <ResultsTable experiment={experiment} />
      <Curves experiment={experiment} />
      <Differences experiment={experiment} />
      {!isHidden("runs") && <RunList experiment={experiment} />}
      {kept && !isHidden("runs") && <kept.Tray />}
    </>
  );
}
