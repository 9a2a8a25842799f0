import { isTraining } from "../../state/experiment.js";
import { giving } from "../../state/given-pictures.js";
import { ownPictures } from "../../state/own-pictures.js";
import { ownImages } from "../../state/site.js";
import { keyOf } from "../../ui/key-of.js";
import { AskTwo } from "./ask-two.js";
import { fieldsNamed } from "./fields.js";
import { GiveArea } from "./give-area.js";
import { GivenState } from "./given-state.js";
import { Learn } from "./learn.js";
import { ReadingFields } from "./reading-fields.js";
import { Understood } from "./understood.js";
import { useDrops } from "./use-drops.js";
import "./pictures.css";

export { OwnLine } from "./own-line.js";

/** Own pictures: to give them, what was understood of them, networks that learn from them, and answers about two others. */
export function PicturesView() {
  const over = useDrops();
  const own = ownPictures.value;
  const about = ownImages.value;
  const isReading = own.state === "reading" || (giving.value?.state === "waiting" && !isTraining.value);
  return (
    <div class="own-pictures">
      <section aria-labelledby="your-pictures">
        <h1 id="your-pictures">Your pictures</h1>
        <p class="lead">
          Give a folder of pictures. Networks learn from pairs of them, here in this browser, and then answer about two
          pictures that they have not seen.
        </p>
        <GiveArea isOver={over === "view"} />
      </section>
      {/* What comes in stands below them, so that they stay under the pointer that changes them. */}
      {own.state !== "none" && (
        <ReadingFields
          key={keyOf(own.given)}
          given={own.given}
          named={own.state === "refused" ? fieldsNamed(own.message) : []}
          about={own.state === "there" ? about : undefined}
        />
      )}
      <GivenState />
      <Understood about={about} isBusy={isReading} />
      {about && (
        <>
          <Learn about={about} />
          <AskTwo over={over} />
        </>
      )}
    </div>
  );
}
