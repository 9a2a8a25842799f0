import { visible } from "./formats/visible.js";

const MOST_SHOWN = 200;

/** A given text for the line of an error: its beginning, with control characters written as escapes. */
export const inShort = (text: string): string =>
  visible(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);

/** The same in quotation marks. */
export const quoted = (text: string): string => `"${inShort(text)}"`;
