import { render } from "preact";
import { App } from "./app.js";
import { followAddress } from "./state/address.js";
import { askWhatCanBeAsked, planAhead } from "./state/experiment.js";
import { firstAnswer } from "./state/first-answer.js";
import { startFirstRun } from "./state/first-run.js";
import { openSite } from "./state/site.js";
import "./style.css";
import "./print.css";

followAddress();
planAhead();
askWhatCanBeAsked();
startFirstRun();
void openSite()
  .finally(firstAnswer)
  .finally(() => navigator.serviceWorker?.register(new URL("sw.js", document.baseURI)).catch(() => {}));
render(<App />, document.getElementById("page") as HTMLElement);
