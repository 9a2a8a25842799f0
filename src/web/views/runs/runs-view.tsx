import { useEffect } from "preact/hooks";
import type { StoredGroup } from "../../../core/runs/store-document.js";
import type { StoreFeed } from "../../run-store/store-feed.js";
import { whileVisible } from "../../run-store/while-visible.js";
import { isRecalled } from "../../state/kept.js";
import { useOwnGroups } from "../../state/own-groups.js";
import { manifest } from "../../state/site.js";
import { runStore } from "../../state/stored-runs.js";
import { useLater } from "../../ui/use-later.js";
import { ofStore, ticked } from "./choices.js";
import { keyOf } from "./filter.js";
import { Groups } from "./groups.js";
import { Remains } from "./remains.js";
import "./runs.css";
import { Training } from "./training.js";

/** Finished runs: those of the run store that the page is served with, kept up to date, and those that were trained in this browser. */
export function RunsView() {
  const store = runStore.value;
  const own = useOwnGroups().value ?? [];
  const stored = store?.document.value?.groups ?? [];
  // What comes above would move what is below.
  const isAboveThere = store ? Boolean(store.document.value ?? store.failure.value) : manifest.value !== undefined;
  const kept = useLater(isAboveThere && isRecalled.value, () => import("../kept/kept-section.js"));
  const compared = tickedOf([...stored, ...own]);
  const beside = useLater(compared.length > 1, () => import("./side-by-side.js"));
  return (
    <>
      <section>
        <h1>Runs</h1>
        <p>
          Runs that differ only in the seed share a row.{" "}
          {store ? (
            "First come those that the command line has trained and kept, then those of this browser. New ones appear on their own."
          ) : (
            <>
              These were trained in this browser. With <code>npx pairlab serve</code>, those of the command line are
              here too.
            </>
          )}
        </p>
      </section>
      {store && <Store feed={store} />}
      {kept && <kept.KeptSection groups={own} />}
      {beside && <beside.SideBySide groups={compared} />}
    </>
  );
}

/** The ticked groups, in their order. Of one that is in both lists, the runs of both. */
function tickedOf(groups: readonly StoredGroup[]): StoredGroup[] {
  return [...ticked.value].flatMap((key) => {
    const same = groups.filter((group) => keyOf(group) === key);
    const [first] = same;
    if (!first) return [];
    const runs = new Map(same.flatMap((group) => group.runs).map((run) => [run.seed, run]));
    return [{ ...first, runs: [...runs.values()].toSorted((a, b) => a.seed - b.seed) }];
  });
}

function Store({ feed }: { readonly feed: StoreFeed }) {
  useEffect(() => whileVisible(document, () => feed.follow()), [feed]);
  const store = feed.document.value;
  return (
    <>
      <Failure feed={feed} />
      {store && (
        <>
          <Training store={store} />
          <section aria-labelledby="finished">
            <h2 id="finished">Finished</h2>
            <Groups labelledBy="finished" groups={store.groups} choices={ofStore}>
              <p>
                No run in {store.folder} is finished yet. In another terminal,{" "}
                <code>npx pairlab train quick --runs {store.folder}</code> trains one.
              </p>
            </Groups>
          </section>
          <Remains store={store} />
        </>
      )}
    </>
  );
}

function Failure({ feed }: { readonly feed: StoreFeed }) {
  const failure = feed.failure.value;
  if (failure === undefined) return null;
  const isShown = feed.document.value !== undefined;
  return (
    <p class="problem" role="alert">
      {isShown ? "Not up to date" : "The run store cannot be shown"}: {failure}.{" "}
      {isShown && "Below is its last answer. "}The store is asked again every two seconds.
    </p>
  );
}
