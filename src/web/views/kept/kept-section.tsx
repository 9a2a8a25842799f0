import type { StoredGroup } from "../../../core/runs/store-document.js";
import { forgetRuns, isTraining } from "../../state/experiment.js";
import { ownRuns } from "../../state/kept.js";
import { ofBrowser } from "../runs/choices.js";
import { Groups } from "../runs/groups.js";
import { Confirmed } from "./confirmed.js";
import "./kept.css";
import { Tray } from "./tray.js";

/** What was trained in this browser: experiments, and the runs of all of them, also with other images or by another version of the page. */
export function KeptSection({ groups }: { readonly groups: readonly StoredGroup[] }) {
  const { size } = ownRuns.value;
  return (
    <>
      <Tray />
      <section aria-labelledby="kept">
        <h2 id="kept">Trained in this browser</h2>
        <Groups labelledBy="kept" groups={groups} choices={ofBrowser}>
          {size === 0 && <p>No run is finished yet. The view Train trains some.</p>}
        </Groups>
        {size > 0 && (
          <p>
            <Confirmed
              question={`Forget all ${size} in this browser, also in other tabs?`}
              disabled={isTraining.value}
              onDo={() => void forgetRuns()}
            >
              Forget kept runs
            </Confirmed>
          </p>
        )}
      </section>
    </>
  );
}
