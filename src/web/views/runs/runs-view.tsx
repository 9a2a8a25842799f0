import { useEffect } from "preact/hooks";
import type { StoreFeed } from "../../run-store/store-feed.js";
import { whileVisible } from "../../run-store/while-visible.js";
import { manifest } from "../../state/site.js";
import { runStore } from "../../state/stored-runs.js";
import { Groups } from "./groups.js";
import { Remains } from "./remains.js";
import "./runs.css";
import { Training } from "./training.js";

/** The run store that the page is served with, kept up to date. */
export function RunsView() {
  const store = runStore.value;
  return (
    <>
      <section>
        <h1>Runs</h1>
        {store ? (
          <p>
            The runs that the command line has trained and kept. Runs that differ only in the seed share a row. New runs
            appear on their own.
          </p>
        ) : (
          manifest.value && (
            <p>
              This page has no run store: that comes with <code>npx pairlab serve</code>.
            </p>
          )
        )}
      </section>
      {store && <Store feed={store} />}
    </>
  );
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
          <Groups store={store} />
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
