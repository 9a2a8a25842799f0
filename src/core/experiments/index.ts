export {
  type Curve,
  type ReproducedArchitecture,
  type Reproduction,
  type Spread,
  summarizeReproduction,
  type Verdict,
} from "./reproduction.js";
