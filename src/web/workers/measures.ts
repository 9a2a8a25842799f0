import { methods } from "../measures/worker.js";
import { serve } from "./serve.js";

serve(methods);
