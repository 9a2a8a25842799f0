import { methods } from "../analysis/worker.js";
import { serve } from "./serve.js";

serve(methods);
