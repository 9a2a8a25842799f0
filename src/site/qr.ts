import { encode } from "uqr";

/** Light modules on each side, without which readers do not find the code. */
const QUIET = 4;

/** The largest code that a phone's camera reads from a screen, as a version of the standard: 97 modules a side. */
const LARGEST = 20;

/**
 * The modules of a text's QR code with its quiet zone, row by row: true is dark. It corrects what its size has room for.
 *
 * @throws Error where the text is too long for a phone's camera, which is above 858 bytes
 */
export const qrModules = (text: string): readonly (readonly boolean[])[] =>
  encode(text, { border: QUIET, ecc: "L", boostEcc: true, maxVersion: LARGEST }).data;
