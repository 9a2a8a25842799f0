/** The name of MNIST's own images, by which reports know that the paper's numbers are about them. */
export const MNIST = "MNIST";

/** What pictures are called: by their folder's or file's name, which is never MNIST's. */
export function ownName(file: string): string {
  const name = file.replace(/\.zip$/i, "");
  return name === MNIST ? `${MNIST} (own images)` : name;
}
