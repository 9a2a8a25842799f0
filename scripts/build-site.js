/**
 * Writes the page with MNIST's images into a folder for any static host: `npm run build:web`, or `npm run build:web -- FOLDER`
 * for another than site/.
 */
import { InvalidRequest } from "../dist/core/errors.js";
import { flush, print, remark } from "../dist/node/cli/terminal/output.js";
import { writeSite } from "../dist/node/server/write-site.js";

const [folder = "site", ...others] = process.argv.slice(2);
try {
  if (others.length > 0 || folder === "" || folder.startsWith("-"))
    throw new InvalidRequest("give one folder, or none for site/");
  const { files, bytes } = await writeSite(folder);
  print(`${folder}/ has ${files} files, ${(bytes / 1e6).toFixed(1)} MB: any static host serves it, under any path`);
  print(`To look at it: python3 -m http.server --bind 127.0.0.1 --directory ${folder}`);
  await flush();
} catch (error) {
  remark(`error: ${error.message}`);
  process.exitCode = error instanceof InvalidRequest ? 2 : 1;
}
