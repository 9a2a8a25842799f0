/**
 * Runs something while a document is visible.
 *
 * @param start  starts it and returns a function that ends it
 * @returns a function that ends it for good
 */
export function whileVisible(
  document: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">,
  start: () => () => void,
): () => void {
  let end: (() => void) | undefined;
  const follow = () => {
    const visible = document.visibilityState === "visible";
    if (visible) end ??= start();
    else halt();
  };
  const halt = () => {
    end?.();
    end = undefined;
  };
  document.addEventListener("visibilitychange", follow);
  follow();
  return () => {
    document.removeEventListener("visibilitychange", follow);
    halt();
  };
}
