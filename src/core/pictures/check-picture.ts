import { anything, fields, optional, refuse, typed, within } from "../checks.js";
import { MOST_SIDE, type Picture } from "./picture.js";

export const checkSide = within({ least: 1, most: MOST_SIDE, whole: true });

export const checkChannels = (value: unknown, what: string): void => {
  if (value !== 1 && value !== 3) refuse(what, "1 or 3", value);
};

const checkFields = fields({
  height: checkSide,
  width: checkSide,
  channels: checkChannels,
  pixels: anything,
  alpha: anything,
});

/** A picture from JavaScript, which has no types. */
export function checkPicture(picture: Picture): void {
  checkFields(picture, "the picture");
  const count = picture.height * picture.width;
  typed("Uint8Array", count * picture.channels, "height × width × channels")(picture.pixels, "the picture's pixels");
  optional(typed("Uint8Array", count, "height × width"))(picture.alpha, "the picture's alpha");
}
