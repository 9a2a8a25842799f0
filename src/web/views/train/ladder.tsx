import { useMemo } from "preact/hooks";
import { paperResult } from "../../../core/architectures/registry.js";
import { type Architecture, architectures } from "../../../core/index.js";
import { percent } from "../../../core/text/format.js";
import { address } from "../../state/address.js";
import { seen } from "../../state/site.js";
import type { Experiment } from "../../training/experiment.js";
import { isBesidePaper } from "./beside-paper.js";
import { ErrorAxis } from "./error-axis.js";
import { Rung } from "./rung.js";
import { axisEnd, type Standing, standingOf, stepFrom } from "./standing.js";
import "./ladder.css";

interface Properties {
  readonly networks: readonly Architecture[];
  readonly chosen: readonly string[];
  readonly onChoose: (name: string, chosen: boolean) => void;
  readonly experiment: Experiment | undefined;
}

/** Networks in rows, whose bars of test error have one axis. In the paper's each row adds a hint to the row above. */
export function Ladder({ networks, chosen, onChoose, experiment }: Properties) {
  experiment?.watch();
  const runs = experiment?.runs ?? [];
  const standings = new Map<string, Standing | undefined>();
  for (const name of new Set(runs.map(({ job }) => job.architecture)))
    standings.set(name, standingOf(runs.filter(({ job }) => job.architecture === name)));
  const end = axisEnd([...standings.values()]);
  const isPlain = seen.value.isDigits && Object.keys(address.value.settings).length === 0;
  const beside = useMemo(() => (experiment ? isBesidePaper(experiment) : isPlain), [experiment, isPlain]);
  return (
    <div class="ladder-frame">
      <ol class="ladder">
        {networks.map((architecture, i) => {
          const { name } = architecture;
          const above = architectures.includes(architecture) ? networks[i - 1]?.name : undefined;
          const standing = standings.get(name);
          return (
            <Rung
              key={name}
              architecture={architecture}
              chosen={chosen.includes(name)}
              onChoose={(isChosen) => onChoose(name, isChosen)}
              standing={standing}
              step={above === undefined ? undefined : stepFrom(standings.get(above), standing)}
              end={end}
              beside={beside && paperResult(name) !== undefined}
            />
          );
        })}
      </ol>
      <ErrorAxis end={end} stepped />
    </div>
  );
}

/** What a network's row says to who cannot see it, when its rounds are done. */
export const resultInWords = (title: string, { error, sd, done }: Standing): string =>
  `${title}: ${percent(error)} test error${sd === null ? "" : `, mean of ${done.size} rounds`}.`;
