import { render } from "preact";
import { App } from "./app.js";
import { followAddress } from "./state/address.js";
import { askWhatCanBeAsked, planAhead } from "./state/experiment.js";
import { startFirstRun } from "./state/first-run.js";
import { openSite } from "./state/site.js";
import "./style.css";

followAddress();
planAhead();
askWhatCanBeAsked();
startFirstRun();
// The service worker is registered after the loading of the site, which it must not delay.
void openSite().finally(() => navigator.serviceWorker?.register(new URL("sw.js", document.baseURI)).catch(() => {}));
render(<App />, document.getElementById("page") as HTMLElement);
