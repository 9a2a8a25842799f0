import { render } from "preact";
import { App } from "./app.js";
import { followAddress } from "./state/address.js";
import { openSite } from "./state/site.js";
import "./style.css";

followAddress();
void openSite();
render(<App />, document.getElementById("page") as HTMLElement);
