import { render } from "preact";
import { App } from "./app.js";
import { followAddress } from "./state/address.js";
import { openSite } from "./state/site.js";
import "./style.css";

followAddress();
// The service worker comes after what the page waits for.
void openSite().finally(() => navigator.serviceWorker?.register(new URL("sw.js", document.baseURI)).catch(() => {}));
render(<App />, document.getElementById("page") as HTMLElement);
