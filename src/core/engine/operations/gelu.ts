import { smooth } from "./smooth.js";

export default smooth("gelu");
