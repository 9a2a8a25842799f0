import { useState } from "preact/hooks";
import { useModule } from "../ui/use-module.js";

const load = () => import("./share-panel.js");

/** The page's address for others, as text and as a QR code. It is fetched when it is opened. */
export function Share() {
  const [isOpen, setOpen] = useState(false);
  const { module, failed } = useModule(load, isOpen);
  return (
    <details class="share" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Share this page</summary>
      {isOpen && module && <module.SharePanel />}
      {isOpen && failed && (
        <p class="problem" role="alert">
          This part of the page cannot be fetched: reload the page.
        </p>
      )}
    </details>
  );
}
