import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Failure } from "../../ui/failure.js";

type Loaded = typeof import("./pictures-view.js");

const loaded = signal<Loaded | undefined>(undefined);
const failure = signal("");

function fetchView(): void {
  failure.value = "";
  import("./pictures-view.js").then(
    (module) => {
      loaded.value = module;
    },
    () => {
      failure.value = "This view cannot be fetched: there is no connection.";
    },
  );
}

/** The view of one's own pictures, which is fetched when it is asked for. */
export function PicturesPlace() {
  useEffect(() => {
    if (!loaded.peek()) fetchView();
  }, []);
  const view = loaded.value;
  if (view) return <view.PicturesView />;
  return (
    <section>
      <h1>Your pictures</h1>
      {failure.value !== "" && <Failure message={failure.value} onAgain={fetchView} />}
    </section>
  );
}

/** In other views, whose pictures the page's images are. Before the view was fetched they are nobody's. */
export function WhosePictures() {
  const view = loaded.value;
  return view ? <view.OwnLine /> : null;
}
