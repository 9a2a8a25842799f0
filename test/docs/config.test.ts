import { testDocument } from "./document.js";

testDocument("docs/config.md");
