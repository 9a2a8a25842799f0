import { chmod, cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { obstacleTo } from "./namespaces.js";
import { run } from "./program.js";
import { type Ground, notAsUsual, type Row } from "./row.js";

/** The user id of nobody, who owns no files. */
const ANOTHER = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] as const;

/** Another user reads a complete store, and completes a store with somebody else's files, if permissions allow it. */
export async function secondUser(ground: Ground): Promise<Row> {
  const what = "another user's store";
  const { folder, commands, complete } = ground;
  const [first] = commands;
  const obstacle = first && obstacleTo([...ANOTHER, ...first.in("/").slice(0, 2), "--version"]);
  if (obstacle) return { what, tried: 0, fell: [], remark: `left out: ${obstacle}` };
  await chmod(folder, 0o777);
  const fell: string[] = [];
  for (const small of commands) {
    const place = join(folder, small.name);
    await cp(join(complete, small.name), place, { recursive: true });
    const report = join(folder, `report-${small.name}`);
    const asAnother = async (where: string) =>
      notAsUsual(small, await run([...ANOTHER, ...small.in(where, report)]), ground);
    fell.push(...(await asAnother(place)));
    const shared = `${place}-shared`;
    await cp(place, shared, { recursive: true });
    const [id = ""] = (await readdir(join(shared, "runs"))).filter((name) => /^[0-9a-f]{16}$/.test(name));
    await rm(join(shared, "runs", id), { recursive: true });
    for (const name of [".", ...(await readdir(shared, { recursive: true }))]) await chmod(join(shared, name), 0o777);
    fell.push(...(await asAnother(shared)));
  }
  return { what, tried: 2 * commands.length, fell };
}
