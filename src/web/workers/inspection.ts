import { methods } from "../inspection/worker.js";
import { serve } from "./serve.js";

serve(methods);
