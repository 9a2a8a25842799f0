/** The system's code of an error such as ENOENT, or its message. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.message : String(error);
}

const EXHAUSTED = new Set(["EMFILE", "ENFILE"]);

/** Whether there were too many open files, also as an error's cause: the file that could not be opened may be fine. */
export const isExhausted = (error: unknown): boolean =>
  error instanceof Error && (EXHAUSTED.has(codeOf(error)) || isExhausted(error.cause));
