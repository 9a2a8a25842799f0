/** What a worker thread runs. */
import { readFewFilesAtOnce } from "../few-files.js";

readFewFilesAtOnce();
await import("./tasks.js");
