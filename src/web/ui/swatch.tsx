import { networkColour } from "./network-colour.js";
import "./swatch.css";

/** A network's colour before its name. */
export const Swatch = ({ network }: { readonly network: string }) => (
  <span class="swatch" style={{ background: networkColour(network) }} />
);
