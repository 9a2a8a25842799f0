import type { Part } from "../part.js";
import { addressPart } from "./address.js";
import { archivesPart } from "./archives.js";
import { checkpointsPart } from "./checkpoints.js";
import { dataFilesPart } from "./data-files.js";
import { idxPart } from "./idx.js";
import { listsPart } from "./lists.js";
import { networksPart } from "./networks.js";
import { optionsPart } from "./options.js";
import { overPart } from "./over.js";
import { ownNetworksPart } from "./own-networks.js";
import { pageImagesPart } from "./page-images.js";
import { picturesPart } from "./pictures.js";
import { plansPart } from "./plans.js";
import { reportsPart } from "./reports.js";
import { requestsPart } from "./requests.js";
import { safetensorsPart } from "./safetensors.js";
import { storePart } from "./store.js";
import { variantsPart } from "./variants.js";
import { weightsPart } from "./weights.js";
import { wherePart } from "./where.js";

/** All that reads what others say. */
export const PARTS: readonly Part[] = [
  idxPart,
  picturesPart,
  dataFilesPart,
  listsPart,
  archivesPart,
  safetensorsPart,
  weightsPart,
  checkpointsPart,
  storePart,
  reportsPart,
  plansPart,
  requestsPart,
  addressPart,
  pageImagesPart,
  ownNetworksPart,
  variantsPart,
  overPart,
  wherePart,
  optionsPart,
  networksPart,
];
