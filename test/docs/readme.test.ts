import { testDocument } from "./document.js";

testDocument("README.md");
