import { testDocument } from "./document.js";

testDocument("docs/tutorial.md");
