import { testDocument } from "./document.js";

testDocument("docs/measures.md");
