import { useEffect, useState } from "preact/hooks";
import { address } from "../../state/address.js";
import { SettingsForm } from "./settings-form.js";

/** Seeds and settings, folded away until an address or somebody has some. */
export function SettingsMore() {
  const isSet = Object.keys(address.value.settings).length > 0;
  const [isOpen, setOpen] = useState(isSet);
  useEffect(() => {
    if (isSet) setOpen(true);
  }, [isSet]);
  return (
    <details class="settings-more" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Seeds and settings</summary>
      <SettingsForm />
    </details>
  );
}
