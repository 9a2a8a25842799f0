import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { bytesOf } from "../../src/core/picture-sets/tree.js";
import { openTree } from "../../src/node/data/pictures/tree.js";
import { mutateBytes } from "../mutate.js";
import { attemptLater, decode, encode, type Part, require, same } from "../part.js";

const NAMES = [
  "a/1.png",
  "a/2.png",
  "b/1.png",
  "metadata.csv",
  "é/x",
  "a/",
  ".hidden",
  "top/a/1.png",
  "a\\3.png",
  "../x",
];
/** Of what archives hold together: a few bytes may rightly ask for much. */
const MOST_BYTES = 2 ** 20;

/** An archive and what was packed into it, in base64. */
interface Archive {
  readonly archive: string;
  readonly packed: readonly string[];
}

/** Zip archives. */
export const archivesPart: Part = {
  name: "zip archives",
  weight: 3,
  async open(folder) {
    const path = join(folder, "data.zip");
    return {
      make(random) {
        const names = new Set(random.several(0, 4, () => random.pick(random.chance(0.9) ? NAMES.slice(0, -1) : NAMES)));
        const files = [...names].map((name) => {
          const bytes = name.endsWith("/") ? new Uint8Array() : random.bytes(random.below(40));
          return { name, bytes, level: random.pick([0, 6] as const) };
        });
        const whole = zipSync(Object.fromEntries(files.map(({ name, bytes, level }) => [name, [bytes, { level }]])));
        const archive = random.chance(0.2) ? whole : mutateBytes(random, whole);
        const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
        return encode(JSON.stringify({ archive: base64(archive), packed: files.map(({ bytes }) => base64(bytes)) }));
      },
      async check(input) {
        const { archive, packed }: Archive = JSON.parse(decode(input));
        await writeFile(path, Buffer.from(archive, "base64"));
        const tree = await attemptLater(() => openTree(path));
        if (!tree) return "refused";
        const sorted = tree.files.map((file) => file.path);
        require(same(sorted, [...sorted].sort()) && new Set(sorted).size === sorted.length, "files in disorder");
        require(!sorted.some((name) => name.split("/").includes("..")), "a path that leads out");
        let refused = 0;
        for (const file of tree.files) {
          if (file.size > MOST_BYTES) continue;
          const bytes = await attemptLater(() => bytesOf(file));
          if (!bytes) refused++;
          else {
            require(bytes.length === file.size, "another size than is said");
            // Checksums tell what was changed.
            const isPacked = bytes.length === 0 || packed.includes(Buffer.from(bytes).toString("base64"));
            require(isPacked, "other bytes than were packed");
          }
        }
        return refused > 0 ? "refused" : "accepted";
      },
    };
  },
};
