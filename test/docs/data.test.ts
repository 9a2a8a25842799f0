import { testDocument } from "./document.js";

testDocument("docs/data.md");
