import { methods } from "../images/worker.js";
import { serve } from "./serve.js";

serve(methods);
