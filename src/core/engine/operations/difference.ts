import { pairwise, subtracted } from "./pairwise.js";

export default pairwise(subtracted);
