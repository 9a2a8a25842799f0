import { testDocument } from "./document.js";

testDocument("docs/variance.md");
