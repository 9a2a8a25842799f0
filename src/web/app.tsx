import { useEffect, useRef } from "preact/hooks";
import { VIEWS, type View } from "./address/address.js";
import { address, linkTo } from "./state/address.js";
import { manifest, seen, site, siteProblems } from "./state/site.js";
import { Loading } from "./ui/loading.js";
import { DrawView } from "./views/draw/draw-view.js";
import { InsideView } from "./views/inside/inside-view.js";
import { RunsView } from "./views/runs/runs-view.js";
import { TrainView } from "./views/train/train-view.js";

/** What each view is called. */
export const TITLES: Readonly<Record<View, string>> = {
  train: "Train",
  inside: "Look inside",
  draw: "Draw",
  runs: "Runs",
};

/** The page: links to its views, and the view that the address asks for. */
export function App() {
  const { view } = address.value;
  const shown = useRef(view);
  useEffect(() => {
    // The keyboard continues at the top of the new view.
    if (shown.current !== view) document.getElementById("content")?.focus({ preventScroll: true });
    shown.current = view;
  }, [view]);
  const isThere: Partial<Record<View, boolean>> = { draw: seen.value.isDigits };
  // Its networks are known when the site is.
  const isKnown = manifest.value !== undefined || site.value.state === "failed";
  const problems = [...siteProblems.value, ...(isKnown ? address.problems : [])];
  const views = VIEWS.filter((each) => isThere[each] ?? true);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("content")?.focus()}>
        Skip to the content
      </button>
      <header class="top">
        <p class="brand">pairlab</p>
        <nav aria-label="Views">
          {views.map((each) => (
            <a key={each} href={linkTo(each)} aria-current={each === view ? "page" : undefined}>
              {TITLES[each]}
            </a>
          ))}
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {problems.map((problem) => (
          <p key={problem} class="problem" role="alert">
            {problem}
          </p>
        ))}
        {/* The view Train has a place for its progress. */}
        {(view !== "train" || site.value.state !== "loading") && <Loading />}
        <Content view={view} />
      </main>
      <footer class="foot">
        <a href="./licenses.txt">Licences</a>
      </footer>
    </>
  );
}

function Content({ view }: { readonly view: View }) {
  switch (view) {
    case "inside":
      return <InsideView />;
    case "draw":
      return <DrawView />;
    case "runs":
      return <RunsView />;
    default:
      return <TrainView />;
  }
}
