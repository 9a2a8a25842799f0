import { testDocument } from "./document.js";

testDocument("docs/reproducibility.md");
