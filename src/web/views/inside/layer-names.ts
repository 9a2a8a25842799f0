const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/** "first", "11th". @param index  from 0 on */
export function ordinal(index: number): string {
  const word = ORDINALS[index];
  if (word) return word;
  const number = index + 1;
  const [tens, ones] = [Math.floor(number / 10) % 10, number % 10];
  const ending = tens === 1 ? undefined : { 1: "st", 2: "nd", 3: "rd" }[ones];
  return `${number}${ending ?? "th"}`;
}

/** What a part of a network is called in a sentence: "the shared part" for "trunk". */
export function partInWords(part: string): string {
  const [kind = "", number] = part.split(".");
  if (kind === "trunk") return "the shared part";
  if (kind === "first" || kind === "second") return `the part for the ${kind} image`;
  if (kind === "members") return `the ${ordinal(Number(number))} member`;
  if (kind === "head") return "the head";
  return part;
}

/** A layer by its place: "first layer of the shared part" for "trunk.0". */
export function layerPlace(name: string): string {
  const parts = name.split(".");
  const last = parts.at(-1) ?? "";
  const before = parts.slice(0, -1);
  const branch = before.at(-1);
  if (!/^\d+$/.test(last)) return name;
  const layer = `${ordinal(Number(last))} layer of`;
  if (branch === "body" || branch === "shortcut")
    return `${layer} the ${branch} of the ${layerPlace(before.slice(0, -1).join("."))}`;
  return `${layer} ${partInWords(before.join("."))}`;
}

/** The heading above the layers of a part. */
export function partTitle(part: string): string {
  const words = partInWords(part);
  const sees = part === "trunk" || part.startsWith("members") ? "sees each image alone" : "";
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  if (part === "head") return `${title}: it sees both images and decides`;
  return sees ? `${title}: it ${sees}` : title;
}
