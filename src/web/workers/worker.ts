/** What a worker of the page runs: the code of its role only. All roles share one file and what they have in common. */
import type { Methods } from "./protocol.js";
import { roleOf, type WorkerRole } from "./roles.js";
import { serve } from "./serve.js";

const ROLES: Readonly<Record<WorkerRole, () => Promise<{ readonly methods: Methods }>>> = {
  analysis: () => import("../analysis/worker.js"),
  images: () => import("../images/worker.js"),
  inspection: () => import("../inspection/worker.js"),
  measures: () => import("../measures/worker.js"),
  training: () => import("../training/worker.js"),
};

serve(ROLES[roleOf(self.name)]().then(({ methods }) => methods));
