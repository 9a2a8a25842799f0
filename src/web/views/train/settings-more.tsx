import { useEffect, useRef, useState } from "preact/hooks";
import { address } from "../../state/address.js";
import { Later } from "../../ui/later.js";

const form = () => import("./settings-form.js");

/** Seeds and settings, folded away until an address or somebody has some. */
export function SettingsMore() {
  const isSet = Object.keys(address.value.settings).length > 0;
  const [isOpen, setOpen] = useState(isSet);
  // What was typed stays when it is folded.
  const wasOpen = useRef(false);
  wasOpen.current ||= isOpen;
  useEffect(() => {
    if (isSet) setOpen(true);
  }, [isSet]);
  return (
    <details class="settings-more" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Seeds and settings</summary>
      {wasOpen.current && <Later load={form}>{({ SettingsForm }) => <SettingsForm />}</Later>}
    </details>
  );
}
