import { imagesInWords } from "../../images/seen.js";
import { seen } from "../../state/site.js";
import { Failure } from "../../ui/failure.js";
import { useModule } from "../../ui/use-module.js";

const load = () => import("./worth-view.js");

/** The view of the study, which is fetched when it is asked for; where images are other ones, why there is none of it. */
export function WorthPlace() {
  const now = seen.value;
  const { module, failed, again } = useModule(load);
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
        {failed && <Failure message="The study cannot be fetched: there is no connection." onAgain={again} />}
      </section>
      {now.isDigits && module && <module.WorthView />}
    </>
  );
}
