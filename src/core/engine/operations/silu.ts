import { smooth } from "./smooth.js";

export default smooth("silu");
