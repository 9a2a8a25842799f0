import { InvalidRequest } from "../../core/errors.js";
import { byPath, type FileTree, isLitter } from "../../core/picture-sets/tree.js";
import { type Archive, archiveTree, isArchive } from "../../core/picture-sets/zip.js";
import type { GivenPictures } from "./given-pictures.js";

/** Files that somebody gave as those of a data set: what is in a single archive, or all. @throws InvalidRequest where an archive is damaged */
export async function ownTree({ name, files, empty }: GivenPictures): Promise<FileTree> {
  const [only, ...others] = files;
  if (only && others.length === 0) {
    const archive = archiveOf(name, only.file);
    if (await isArchive(archive)) return archiveTree(archive, {});
    if (/\.zip$/i.test(only.path)) throw new InvalidRequest(`${name} is no zip archive: pack it anew`);
  }
  const isKept = (path: string) => !path.split("/").some(isLitter);
  const kept = files.flatMap(({ path, file }) =>
    isKept(path)
      ? [{ path, name: `${name}/${path}`, size: file.size, read: () => bytesGiven(`${name}/${path}`, file) }]
      : [],
  );
  return { root: name, files: kept.sort(byPath), empty: empty.filter(isKept).sort() };
}

const archiveOf = (name: string, file: File): Archive => ({
  name,
  size: file.size,
  read: (start, length) => bytesGiven(name, file.slice(start, start + length)),
  inflate,
});

/** @throws InvalidRequest where the file was moved or changed since it was given */
export async function bytesGiven(name: string, file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new InvalidRequest(`${name} cannot be read: it was moved or changed since it was chosen; choose it again`);
  }
}

/** @throws Error where it is damaged, or there are more than so many bytes */
async function inflate(packed: Uint8Array, most: number): Promise<Uint8Array> {
  const unpacked = new Blob([packed as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (const reader = unpacked.getReader(); ; ) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error("its bytes are not those of a packed file");
    });
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new Error(`it has more than ${most} bytes`);
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
