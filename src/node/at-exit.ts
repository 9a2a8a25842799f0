const undone = new Set<() => void>();

/**
 * Has something undone when the process ends before it was done, by an exit, an error or a signal that the program listens to:
 * a file half written, a claim. A process that is killed undoes nothing.
 *
 * @param undo  is called as the process ends: it cannot wait for anything, and what it throws is passed over
 * @returns a function that says that nothing is to be undone any more
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
      // Nobody is left to be told.
    }
}
