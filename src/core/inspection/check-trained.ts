import { partly } from "../checks.js";
import { checkModel } from "../engine/model.js";

/** @throws InvalidRequest where it is not a model with its scale */
export const checkTrained = partly({ model: checkModel, scale: partly({}) });
