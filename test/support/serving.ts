export { type Serving, startServing, startServingWith } from "../../bench/served-page.js";
