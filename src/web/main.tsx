import { render } from "preact";
import { App } from "./app.js";
import { followAddress } from "./state/address.js";
import { askWhatCanBeAsked, planAhead } from "./state/experiment.js";
import { firstAnswer } from "./state/first-answer.js";
import { startFirstRun } from "./state/first-run.js";
import { recallRuns } from "./state/kept.js";
import { askBeforeLeaving } from "./state/leaving.js";
import { openSite } from "./state/site.js";
import { followTitle } from "./state/title.js";
import { VIEW_TITLES } from "./ui/view-titles.js";
import "./style.css";
import "./print.css";

followAddress();
planAhead();
askWhatCanBeAsked();
startFirstRun();
askBeforeLeaving();
followTitle(VIEW_TITLES);
void openSite()
  .finally(firstAnswer)
  .finally(() => navigator.serviceWorker?.register(new URL("sw.js", document.baseURI)).catch(() => {}));
// In a task of its own: with the modules' evaluation it would take longer than 50 ms.
setTimeout(() => {
  render(<App />, document.getElementById("page") as HTMLElement);
  recallRuns();
});
