const undone = new Set<() => void>();

/**
 * Undoes something unfinished when the process ends, by an exit, an error or a signal that the program listens to:
 * a half-written file, or a claim. A killed process undoes nothing.
 *
 * @param undo  is called as the process ends: it cannot wait for anything, and its errors are ignored
 * @returns a function that cancels the undoing
 */
export function atExit(undo: () => void): () => void {
  if (undone.size === 0) process.on("exit", undoAll);
  undone.add(undo);
  return () => {
    undone.delete(undo);
    if (undone.size === 0) process.off("exit", undoAll);
  };
}

function undoAll(): void {
  for (const undo of undone)
    try {
      undo();
    } catch {
      // No one is left to read the error.
    }
}
