import { experimentCommand } from "../../address/command.js";
import { address } from "../../state/address.js";
import { underWay } from "../../state/experiment.js";
import { dataInWords, imagesAsked } from "../../state/site.js";
import { ConfigFile } from "../../ui/config-file.js";

/** The command that trains to the same bits. */
export function Command() {
  const asked = underWay.value ?? address.value;
  const command = experimentCommand(asked, imagesAsked.value);
  if (!command) return null;
  return (
    <p class="command">
      <span class="faint">The same bits on the command line{dataInWords}: </span>
      <code>{command}</code>
      <ConfigFile own={asked.own} />
    </p>
  );
}
