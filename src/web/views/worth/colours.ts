import { PAPER_NETWORKS } from "../../../core/architectures/registry.js";
import { networkColour } from "../../ui/network-colour.js";
import { networks, type Step, type StudiedNetwork } from "./study.js";

/** A network of the study has the colour of the paper's that has the same hints: a hint looks the same in every view. */
export const studyColour = (network: StudiedNetwork): string =>
  networkColour(PAPER_NETWORKS[networks.indexOf(network)] ?? network.architecture);

export const stepColour = ({ hinted }: Step): string => studyColour(hinted);
