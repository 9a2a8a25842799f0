import { methods } from "../training/worker.js";
import { serve } from "./serve.js";

serve(methods);
