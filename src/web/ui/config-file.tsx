import type { OwnArchitecture } from "../../core/index.js";
import { CONFIG_NAME } from "../address/command.js";
import { configFile } from "../address/networks.js";
import { download } from "./download.js";

/** Offers the file that a command about networks of one's own reads. It is nothing where there are none. */
export function ConfigFile({ own }: { readonly own: readonly OwnArchitecture[] }) {
  if (own.length === 0) return null;
  return (
    <span class="config-file">
      <span class="faint">It reads your networks from</span>{" "}
      <button
        type="button"
        class="link"
        aria-label={`Download ${CONFIG_NAME}`}
        onClick={() => download(CONFIG_NAME, configFile(own), "application/json")}
      >
        {CONFIG_NAME}
      </button>
      <span class="faint">, to be in the folder where you type it.</span>
    </span>
  );
}
