import { afterEach, expect, it, vi } from "vitest";

const machine = vi.hoisted(() => ({ boot: "", namespace: "" }));
vi.mock("node:os", () => ({ hostname: () => "localhost" }));
vi.mock("node:fs", () => ({
  readFileSync: (path: string) => {
    if (path !== "/proc/sys/kernel/random/boot_id") throw new Error(`reads ${path}`);
    return machine.boot;
  },
  readlinkSync: () => machine.namespace,
}));
afterEach(() => vi.resetModules());

const ENDED = 2 ** 30;
async function processesOn(boot: string, namespace: string): Promise<typeof import("./processes.js")> {
  Object.assign(machine, { boot, namespace });
  vi.resetModules();
  return import("./processes.js");
}

it("takes no process for ended that is on another machine of the same name, or in another container", async () => {
  const here = await processesOn("one\n", "pid:[4026531836]");
  const again = await processesOn("one\n", "pid:[4026531836]");
  const elsewhere = await processesOn("two\n", "pid:[4026531836]");
  const container = await processesOn("one\n", "pid:[4026532181]");
  expect(again.PROCESS_SPACE).toBe(here.PROCESS_SPACE);
  expect(here.hasEnded(ENDED, here.PROCESS_SPACE)).toBe(true);
  expect(here.hasEnded(process.pid, here.PROCESS_SPACE)).toBe(false);
  for (const other of [elsewhere, container]) expect(here.hasEnded(ENDED, other.PROCESS_SPACE)).toBe(false);
});

it("takes what its own id did before it began for another process's, as in a container that was started again", async () => {
  const { hasEnded, PROCESS_SPACE } = await processesOn("one\n", "pid:[4026532181]");
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
  expect(hasEnded(process.pid, PROCESS_SPACE, ago(process.uptime() + 1))).toBe(true);
  expect(hasEnded(process.pid, PROCESS_SPACE, ago(0))).toBe(false);
  expect(hasEnded(process.pid, PROCESS_SPACE, "yesterday")).toBe(false);
  expect(hasEnded(process.pid, "another", ago(process.uptime() + 1))).toBe(false);
});
