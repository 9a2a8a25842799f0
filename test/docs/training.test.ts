import { testDocument } from "./document.js";

testDocument("docs/training.md");
