import { InvalidRequest } from "../errors.js";
import { checkSize, damaged, type Picture, truncated } from "./picture.js";

/** What a header has after its first two characters. */
const FIELDS = ["width", "height", "greatest value"] as const;
const MOST_VALUE = 65_535;

/**
 * Decodes a PGM or PPM image, in plain numbers (P2, P3) or binary (P5, P6), with comments. A value v of at most m becomes 255 v / m, half
 * a step up; where m is 65535 its lower 8 bits are dropped, as those of a PNG image of 16 bits are.
 *
 * @throws InvalidRequest where the file is damaged
 */
export function decodePnm(bytes: Uint8Array, name: string): Picture {
  const digit = (bytes[1] as number) - 0x30;
  const [channels, plain] = [digit === 3 || digit === 6 ? 3 : 1, digit < 4] as const;
  const format = channels === 3 ? "PPM" : "PGM";
  const reader = new NumberReader(bytes, 2, name, format);
  const [width, height, most] = FIELDS.map((field) => reader.next(field)) as [number, number, number];
  checkSize(name, height, width);
  if (most < 1 || most > MOST_VALUE)
    throw new InvalidRequest(`${name} has ${most} as its greatest value: ${format} has 1 to ${MOST_VALUE}`);
  const count = height * width * channels;
  if (!plain) reader.passOne();
  // Of plain ones each has a digit and, but for the last, what is between.
  const [room, need] = [bytes.length - reader.at, plain ? 2 * count - 1 : count * (most > 255 ? 2 : 1)];
  if (room < need)
    throw new InvalidRequest(
      `${name} is truncated: ${room} bytes follow its ${format} header, pixels of ${height}×${width} (height × width) take ${need} at least`,
    );
  const pixels = new Uint8Array(count);
  const scaled = most === MOST_VALUE ? (value: number) => value >> 8 : scaleOf(most);
  const put = (i: number, value: number): void => {
    if (value > most) damaged(name, `it has a value of ${value}: its greatest is ${most}`);
    pixels[i] = scaled(value);
  };
  if (plain) for (let i = 0; i < count; i++) put(i, reader.next(PIXELS));
  else {
    const start = reader.at;
    if (most > 255)
      for (let i = 0; i < count; i++)
        put(i, ((bytes[start + 2 * i] as number) << 8) | (bytes[start + 2 * i + 1] as number));
    else for (let i = 0; i < count; i++) put(i, bytes[start + i] as number);
    reader.at += need;
  }
  if (reader.hasMore())
    damaged(name, `more than its ${height}×${width} pixels (height × width) follow its ${format} header`);
  return { height, width, channels, pixels };
}

const scaleOf =
  (most: number) =>
  (value: number): number =>
    Math.floor((255 * value + Math.floor(most / 2)) / most);

const PIXELS = "pixels";

/** Reads numbers of digits between white space and comments. */
class NumberReader {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
    private readonly name: string,
    private readonly format: string,
  ) {}

  /** @throws InvalidRequest where there is no number */
  next(what: string): number {
    const { bytes, name } = this;
    this.#pass();
    const start = this.at;
    let value = 0;
    for (; this.at < bytes.length; this.at++) {
      const digit = (bytes[this.at] as number) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = 10 * value + digit;
      if (value > MOST_NUMBER) damaged(name, `its ${what} is above ${MOST_NUMBER}`);
    }
    if (start >= bytes.length) truncated(name, bytes, what === PIXELS ? "its pixels" : `its ${this.format} header`);
    if (this.at === start || !(this.at === bytes.length || isSpace(bytes[this.at]) || bytes[this.at] === HASH))
      damaged(name, `byte ${this.at} is no digit of its ${what}`);
    return value;
  }

  /** The one white space before binary pixels; a comment would be taken for pixels. */
  passOne(): void {
    const byte = this.bytes[this.at];
    if (byte === HASH) damaged(this.name, "a comment follows its greatest value");
    if (byte !== undefined) this.at++;
  }

  /** Whether anything but white space and comments is left. */
  hasMore(): boolean {
    this.#pass();
    return this.at < this.bytes.length;
  }

  #pass(): void {
    const { bytes } = this;
    for (let comment = false; this.at < bytes.length; this.at++) {
      const byte = bytes[this.at];
      if (byte === HASH) comment = true;
      else if (byte === 0x0a || byte === 0x0d) comment = false;
      else if (!comment && !isSpace(byte)) return;
    }
  }
}

const HASH = 0x23;
const MOST_NUMBER = 2 ** 32 - 1;
const isSpace = (byte: number | undefined): boolean => byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13);
