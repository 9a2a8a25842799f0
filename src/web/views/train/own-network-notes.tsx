import { leftOut } from "../../address/address.js";
import { addNetworks } from "../../address/networks.js";
import { address, changeAddress } from "../../state/address.js";
import { noteNetworks, replaced } from "../../state/own-networks.js";

/** What the address does not hold, and where the page has another network than its site. */
export function OwnNetworkNotes() {
  const others = replaced.value;
  const missing = leftOut(address.value);
  return (
    <>
      {missing.length > 0 && (
        <p role="status">
          {missing.join(", ")}: too long for a link. You can train {missing.length > 1 ? "them" : "it"} here, and the
          command's file has {missing.length > 1 ? "them" : "it"}; a link to this page does not.
        </p>
      )}
      {others.length > 0 && (
        <p class="row" role="status">
          <span>
            {others.map(({ name }) => name).join(", ")}: not as in this site's pairlab.config, but as the address or
            somebody here has it.
          </span>{" "}
          <button
            type="button"
            onClick={() => {
              addNetworks(others);
              noteNetworks();
              changeAddress({});
            }}
          >
            Take the site's
          </button>
        </p>
      )}
    </>
  );
}
