import { apart, pairwise } from "./pairwise.js";

export default pairwise(apart);
