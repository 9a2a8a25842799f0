import { Command } from "@commander-js/extra-typings";
import { InvalidRequest } from "../../core/index.js";
import { isOfficial, loadDataset } from "../data/dataset.js";
import { packagedFolder, readDataFiles } from "../data/files.js";
import { dataOption, jsonOption } from "./options.js";
import { formatTable, print, printJson } from "./output.js";

export const dataCommand = () =>
  new Command("data").description("where the images come from").addCommand(verifyCommand());

const verifyCommand = () =>
  new Command("verify")
    .description("check the four IDX files: whole, matching, and MNIST's own by their SHA-256")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async ({ data, json }) => {
      const files = await readDataFiles(data ?? packagedFolder());
      const listed = files.map((file) => ({
        role: file.role,
        path: file.path,
        bytes: file.bytes.length,
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
      const { train, test } = await loadDataset(data);
      if (!json) print(`${train.count} training and ${test.count} test images of ${train.height}×${train.width}`);
      const differing = files.filter((file) => !isOfficial(file));
      if (differing.length > 0)
        throw new InvalidRequest(
          `not MNIST's official file${differing.length > 1 ? "s" : ""}: ${differing.map(({ path }) => path).join(", ")}`,
        );
    });
