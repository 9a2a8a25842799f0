/** What a worker is for. */
export type WorkerRole = "analysis" | "images" | "inspection" | "measures" | "training";

/** A worker's name: its role and a name of its own. */
export const nameOf = (role: WorkerRole, own: string): string => `${role} ${own}`;

/** The role in a worker's name. */
export const roleOf = (name: string): WorkerRole => name.split(" ", 1)[0] as WorkerRole;
