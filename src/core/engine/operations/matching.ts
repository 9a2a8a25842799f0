import { apart, multiplied, pairwise } from "./pairwise.js";

export default pairwise(apart, multiplied);
