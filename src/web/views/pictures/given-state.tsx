import { count } from "../../../core/text/format.js";
import { experiment, isTraining } from "../../state/experiment.js";
import { giving } from "../../state/given-pictures.js";
import { ownPictures } from "../../state/own-pictures.js";
import { ownImages } from "../../state/site.js";
import { Progress } from "../../ui/progress.js";
import { inFields } from "./fields.js";
import { BackButton } from "./own-line.js";

/** Of the element that says why pictures are refused: fields that it names point to it. */
export const REFUSED = "refused";

/** How it stands with what was given, until it is there or refused. It keeps its height. */
export function GivenState() {
  const now = giving.value;
  const own = ownPictures.value;
  return (
    <div class="given">
      {now?.state === "looking" && <p>Looking for pictures: {count(now.found)} files and folders so far.</p>}
      {now?.state === "not taken" && (
        <p class="problem" role="alert">
          {now.message}.
        </p>
      )}
      {now?.state === "waiting" &&
        (isTraining.value ? (
          <Waiting name={now.name} />
        ) : (
          <Progress label={`Reading ${now.name}`} value={0} most={0} />
        ))}
      {own.state === "reading" && (
        <Progress
          label={own.total > 0 ? `${count(own.done)} of ${count(own.total)} pictures` : `Reading ${own.given.name}`}
          value={own.done}
          most={own.total}
        />
      )}
      {own.state === "there" && !now && (
        <p class="row">
          <span>The page's images are these pictures now.</span>
          <BackButton />
        </p>
      )}
      {own.state === "refused" && (
        <div class="problem" id={REFUSED} role="alert">
          <p>{inFields(own.message)}.</p>
          {ownImages.value && <p>The pictures of {ownImages.value.name} stay in use.</p>}
        </div>
      )}
    </div>
  );
}

function Waiting({ name }: { readonly name: string }) {
  return (
    <p class="row" role="status">
      <span>{name} is read when the training is done.</span>
      <button type="button" onClick={() => experiment.peek()?.stop()}>
        Stop the training
      </button>
    </p>
  );
}
