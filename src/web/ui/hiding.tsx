import { formatAddress } from "../address/address.js";
import { address } from "../state/address.js";

/** Says that a link has hidden controls, and shows them again. */
export function Hiding() {
  const { hide, ...others } = address.value;
  if (!hide) return null;
  return (
    <p class="hiding">
      Some controls are hidden, as the address asks. <a href={formatAddress(others)}>Show all</a>
    </p>
  );
}
