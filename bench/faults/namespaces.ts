import { spawnSync } from "node:child_process";

/** Runs a program where it may mount without changing anything for others. */
export const IN_OWN_MOUNTS = ["unshare", "-rm"] as const;

/** Why a command cannot be run here; undefined where it can. */
export function obstacleTo([file = "", ...args]: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(file, args, { encoding: "utf8" });
  if (status === 0) return undefined;
  return error ? `there is no ${file}` : (stderr.trim().split("\n").at(-1) ?? `${file} fails`);
}

/** Why nothing can be mounted here. */
export const obstacleToMounting = (): string | undefined =>
  obstacleTo([...IN_OWN_MOUNTS, "mount", "-t", "tmpfs", "none", "/mnt"]);

/** A shell script with arguments `$1`, `$2`, … */
export const script = (text: string, ...args: readonly string[]): string[] => ["bash", "-c", text, "bash", ...args];
