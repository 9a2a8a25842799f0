import type { Hideable } from "../address/address.js";
import { address } from "./address.js";

/** Whether the address asks to hide a part. */
export const isHidden = (part: Hideable): boolean => address.value.hide?.includes(part) ?? false;
