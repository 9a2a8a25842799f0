import { useEffect, useState } from "preact/hooks";
import { give } from "../../state/given-pictures.js";
import { putInSlot, type Side } from "./asked-files.js";
import { droppedPictures } from "./given.js";

/** What something is held above: a slot for a picture to ask about, or the view. */
export type Over = Side | "view";

const slotAt = ({ target }: DragEvent): Side | undefined => {
  const slot = target instanceof Element ? target.closest("[data-slot]")?.getAttribute("data-slot") : undefined;
  return slot === "0" || slot === "1" ? (Number(slot) as Side) : undefined;
};

/** Takes what is dropped anywhere in the view: a picture into a slot, all else to be read. @returns what something is held above */
export function useDrops(): Over | undefined {
  const [over, setOver] = useState<Over | undefined>(undefined);
  useEffect(() => {
    const hears = {
      dragover(event: DragEvent) {
        if (!hasFiles(event)) return;
        // Else the browser opens what is dropped in place of the page.
        event.preventDefault();
        setOver(slotAt(event) ?? "view");
      },
      dragleave({ relatedTarget }: DragEvent) {
        // Within the page there is an element that it goes to.
        if (relatedTarget === null) setOver(undefined);
      },
      drop(event: DragEvent) {
        setOver(undefined);
        if (!hasFiles(event)) return;
        event.preventDefault();
        take(event);
      },
    };
    addEventListener("dragover", hears.dragover);
    addEventListener("dragleave", hears.dragleave);
    addEventListener("drop", hears.drop);
    return () => {
      removeEventListener("dragover", hears.dragover);
      removeEventListener("dragleave", hears.dragleave);
      removeEventListener("drop", hears.drop);
    };
  }, []);
  return over;
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") ?? false;

function take(event: DragEvent): void {
  const { items = [], files = [] } = event.dataTransfer ?? {};
  const slot = slotAt(event);
  if (slot !== undefined) {
    putInSlot(slot, [...files]);
    return;
  }
  // After the event they can no longer be had.
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  void give((onFound) => droppedPictures(entries, onFound));
}
