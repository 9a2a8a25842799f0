import { type Stats, statSync } from "node:fs";
import { isExhausted } from "../errors.js";
import { EPOCHS, RECORD, WEIGHTS } from "./layout.js";

/**
 * A file that was changed this recently may change again without a new time: the clocks of some file systems tick every two
 * seconds. In milliseconds.
 */
const UNSETTLED = 2500;

/** Whether a file changed at that time, in milliseconds since 1970, gets another time when it changes again. */
export const isSettled = (changed: number): boolean => changed < Date.now() - UNSETTLED;

/** The state of a finished run's files by all that the file system says: while it is the same, the files are the same. */
export interface Stamp {
  readonly text: string;
  /** When the record was written or used, in milliseconds since 1970. */
  readonly used: number;
  /** When a file was changed, or its name, rights or times. */
  readonly changed: number;
}

/**
 * Undefined if one of the files is missing. System calls are synchronous: thousands of files are looked at three times as
 * fast.
 *
 * @throws if this process has too many files open
 */
export function stampOf(folder: string): Stamp | undefined {
  const record = statOf(`${folder}/${RECORD}`);
  const epochs = record && statOf(`${folder}/${EPOCHS}`);
  const weights = epochs && statOf(`${folder}/${WEIGHTS}`);
  if (!weights) return undefined;
  return {
    text: `${inBrief(record)} ${inBrief(epochs)} ${inBrief(weights)}`,
    used: record.mtimeMs,
    changed: Math.max(record.ctimeMs, epochs.ctimeMs, weights.ctimeMs),
  };
}

/** A run's folder may be a file, or may not be entered. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (isExhausted(error)) throw error;
    return undefined;
  }
}

/** The time of the last change of the file or of its permissions comes with each new time of use. */
const inBrief = ({ size, ctimeMs, ino }: Stats): string => `${size}/${ctimeMs}/${ino}`;
