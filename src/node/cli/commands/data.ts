import { InvalidRequest } from "../../../core/errors.js";
import { datasetOf, isOfficial } from "../../data/dataset.js";
import { idxFiles, readDataFiles } from "../../data/files.js";
import { noImages } from "../../data/keep.js";
import { formatTable } from "../terminal/columns.js";
import { print, printJson } from "../terminal/output.js";

export interface VerifyOptions {
  readonly data?: string;
  readonly json?: true;
}

const INSTEAD = "data verify checks those alone; data show says what pictures are understood to be";

/** `pairlab data verify`: what the four IDX files are. */
export async function verifyData({ data, json }: VerifyOptions): Promise<void> {
  const files = await readDataFiles(idxFiles(data, INSTEAD), noImages);
  const listed = files.map((file) => ({
    role: file.role,
    path: file.path,
    bytes: file.size,
    sha256: file.actualSha256,
    official: isOfficial(file),
  }));
  if (json) printJson(listed);
  else {
    const rows = listed.map(({ role, official, sha256, path }) => [
      role,
      official ? "MNIST's own" : "differs",
      sha256.slice(0, 16),
      path,
    ]);
    print(formatTable(["file", "", "SHA-256", "path"], rows));
  }
  const { train, test } = datasetOf(files, data);
  if (!json) print(`${train.count} training and ${test.count} test images of ${train.height}×${train.width}`);
  const differing = files.filter((file) => !isOfficial(file));
  if (differing.length > 0)
    throw new InvalidRequest(
      `${differing.length > 1 ? "these are not MNIST's official files" : "this is not MNIST's official file"}: ${differing.map(({ path }) => path).join(", ")}`,
    );
}
