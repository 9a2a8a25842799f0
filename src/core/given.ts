import { visible } from "./formats/visible.js";

const MOST_SHOWN = 200;

/** A text that was given as an error's line has it: so much of it that its giver finds it, and nothing that breaks the line. */
export const inShort = (text: string): string =>
  visible(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);

/** The same in quotation marks. */
export const quoted = (text: string): string => `"${inShort(text)}"`;
