import { multiplied, pairwise } from "./pairwise.js";

export default pairwise(multiplied);
