import { useEffect, useState } from "preact/hooks";
import { imagesInWords } from "../../images/seen.js";
import { seen } from "../../state/site.js";

type Loaded = typeof import("./worth-view.js");

let loaded: Loaded | undefined;

/** The view of the study, which is fetched when it is asked for; where images are other ones, why there is none of it. */
export function WorthPlace() {
  const [view, setView] = useState(loaded);
  const [failure, setFailure] = useState("");
  const fetchView = () => {
    setFailure("");
    import("./worth-view.js").then(
      (module) => {
        loaded = module;
        setView(module);
      },
      () => setFailure("The study cannot be fetched: there is no connection."),
    );
  };
  useEffect(() => {
    if (!view) fetchView();
  }, []);
  const now = seen.value;
  return (
    <>
      <section>
        <h1>What is a hint worth in pairs?</h1>
        {!now.isDigits && (
          <p role="status">
            The study is of MNIST's digits. The networks of this page see {imagesInWords(now)}:{" "}
            <code>npx pairlab worth --data PATH</code> measures what hints are worth for them.
          </p>
        )}
        {failure !== "" && (
          <div class="problem" role="alert">
            <p>{failure}</p>
            <button type="button" onClick={fetchView}>
              Try again
            </button>
          </div>
        )}
      </section>
      {now.isDigits && view && <view.WorthView />}
    </>
  );
}
