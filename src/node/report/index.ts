export { checkWritable } from "../files.js";
export { writeReport } from "./write.js";
