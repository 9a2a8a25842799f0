import { useEffect, useRef } from "preact/hooks";
import { VIEWS, type View } from "./address/address.js";
import { Share } from "./share/share.js";
import { address, linkTo } from "./state/address.js";
import { isHidden } from "./state/hidden.js";
import { manifest, seen, site, siteProblems } from "./state/site.js";
import { Tour } from "./tour/tour.js";
import { Hiding } from "./ui/hiding.js";
import { LaterView } from "./ui/later-view.js";
import { Loading, NeededImages } from "./ui/loading.js";
import { VIEW_TITLES } from "./ui/view-titles.js";
import { PicturesPlace, WhosePictures } from "./views/pictures/pictures-place.js";
import { TrainView } from "./views/train/train-view.js";
import { WorthPlace } from "./views/worth/worth-place.js";

/** The page: links to its views, and the view that the address asks for. */
export function App() {
  const { view } = address.value;
  const shown = useRef(view);
  useEffect(() => {
    // The keyboard continues at the top of the new view.
    if (shown.current !== view) document.getElementById("content")?.focus({ preventScroll: true });
    shown.current = view;
  }, [view]);
  const { isDigits } = seen.value;
  const isThere: Partial<Record<View, boolean>> = {
    worth: isDigits,
    draw: isDigits,
    runs: view === "runs" || !isHidden("runs"),
  };
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
            // The view that is shown has no link to itself, which would be one more step of the keyboard.
            <a key={each} {...(each === view ? { "aria-current": "page" } : { href: linkTo(each) })}>
              {each === "pictures" ? <YourPictures /> : VIEW_TITLES[each]}
            </a>
          ))}
        </nav>
      </header>
      <Tour />
      <main id="content" tabIndex={-1}>
        {problems.map((problem) => (
          <p key={problem} class="problem" role="alert">
            {problem}
          </p>
        ))}
        {view !== "pictures" && <WhosePictures />}
        <Content view={view} />
      </main>
      <NeededImages />
      <footer class="foot">
        <Hiding />
        <Share />
        <a href="./licenses.txt">Licences</a>
        <p class="printed">{location.href}</p>
      </footer>
    </>
  );
}

const inside = () => import("./views/inside/inside-view.js").then(({ InsideView: View }) => ({ View }));
const draw = () => import("./views/draw/draw-view.js").then(({ DrawView: View }) => ({ View }));
const runs = () => import("./views/runs/runs-view.js").then(({ RunsView: View }) => ({ View }));

/** On a phone the first word is only read aloud: all links are in one line. */
function YourPictures() {
  const [first, ...others] = VIEW_TITLES.pictures.split(" ");
  return (
    <>
      <span class="not-on-phone">{first} </span>
      <span class="on-phone">{others.join(" ")}</span>
    </>
  );
}

function Content({ view }: { readonly view: View }) {
  switch (view) {
    case "inside":
      return <LaterView key={view} load={inside} />;
    case "draw":
      return <LaterView key={view} load={draw} />;
    case "runs":
      return <LaterView key={view} load={runs} />;
    default:
      return (
        <>
          {/* Train has a place for its progress, Worth begins without images, and one's own pictures are elsewhere. */}
          {site.value.state !== "loading" && <Loading />}
          {view === "worth" ? <WorthPlace /> : view === "pictures" ? <PicturesPlace /> : <TrainView />}
        </>
      );
  }
}
