import { comparisonDivergences } from "../../../core/experiments/compare/tables.js";
import type { RunRecord } from "../../../core/index.js";
import { seedRanges } from "../../../core/runs/seeds.js";
import type { StoredGroup } from "../../../core/runs/store-document.js";
import { listed, nounFor } from "../../../core/text/format.js";
import { ErrorCurves } from "../../curves/error-curves.js";
import { fetchRecord } from "../../state/stored-runs.js";
import { compareInWorker } from "../../state/summaries.js";
import { distinctColours } from "../../ui/network-colour.js";
import { networkTitle } from "../../ui/network-title.js";
import { useLatest } from "../../ui/use-latest.js";
import { type CommonRounds, testableOf } from "./common-rounds.js";
import { keyOf } from "./filter.js";
import { shortTitles } from "./short-titles.js";
import { SIDE_BY_SIDE } from "./side-by-side-id.js";

/** How many records are asked for at the same time. */
const AT_ONCE = 6;

interface Properties {
  /** At least two. */
  readonly groups: readonly StoredGroup[];
}

/** Ticked groups on one axis, and what tests say of each two of them. */
export function SideBySide({ groups }: Properties) {
  const key = JSON.stringify(groups.map((group) => [keyOf(group), group.runs.map(({ id }) => id)]));
  const { value: found, failure } = useLatest(key, async () => ({
    asked: key,
    groups,
    records: await recordsOf(groups),
  }));
  return (
    <section aria-labelledby={SIDE_BY_SIDE} class="side-by-side">
      <h2 id={SIDE_BY_SIDE} tabIndex={-1}>
        Side by side
      </h2>
      {failure !== undefined && (
        <p class="problem" role="alert">
          The curves cannot be fetched: {failure}.
        </p>
      )}
      {found ? (
        <Found key={found.asked} groups={found.groups} records={found.records} />
      ) : (
        failure === undefined && <p role="status">Fetching their curves…</p>
      )}
    </section>
  );
}

interface FoundProperties extends Properties {
  /** By id. */
  readonly records: ReadonlyMap<string, RunRecord>;
}

type TitleOf = (group: StoredGroup) => string;

/** "9 runs, seeds 0–8". */
const inWords = ({ runs }: StoredGroup): string =>
  `${runs.length} ${nounFor(runs.length, "run")}, ${nounFor(runs.length, "seed")} ${seedRanges(runs.map(({ seed }) => seed))}`;

function Found({ groups, records }: FoundProperties) {
  const colours = distinctColours(groups.map(({ architecture }) => architecture));
  const titles = shortTitles(groups.map(networkTitle));
  const titleOf = (group: StoredGroup) => titles[groups.indexOf(group)] ?? "";
  const curves = groups.map((group, i) => ({
    name: keyOf(group),
    title: titleOf(group),
    colour: colours[i],
    rounds: recordsIn(group, records).flatMap(({ diverged, epochs }) => (diverged ? [] : [epochs])),
  }));
  return (
    <>
      <ErrorCurves
        curves={curves}
        state={[...records.keys()].join()}
        lastEpoch={Math.max(...groups.map(({ config }) => config.epochs))}
      />
      <p class="faint">
        Line: mean over the runs that did not diverge; band: ± standard deviation.
        {groups.some(({ config }) => config.evaluateOn === "validation") &&
          " Where a group is measured on validation pairs, its errors are on those."}
      </p>
      <ul class="compared">
        {groups.map((group, i) => (
          <li key={keyOf(group)}>
            <span class="swatch" style={{ background: colours[i] }} />
            {titleOf(group)}: {[group.differs.join(", ") || "usual settings", inWords(group)].join("; ")}
          </li>
        ))}
      </ul>
      <Tests groups={groups} records={records} titleOf={titleOf} />
    </>
  );
}

const recordsIn = ({ runs }: StoredGroup, records: ReadonlyMap<string, RunRecord>): RunRecord[] =>
  runs.flatMap(({ id }) => records.get(id) ?? []);

/** The sentence of each test, in words. */
function Tests({ groups, records, titleOf }: FoundProperties & { readonly titleOf: TitleOf }) {
  const { tests, apart } = testableOf(groups);
  const { value: sentences, failure } = useLatest([...records.keys()].join(), () =>
    Promise.all(tests.map((test) => sentencesOf(test, records, titleOf))),
  );
  return (
    <>
      {failure !== undefined && <p class="problem">No test is made: {failure}.</p>}
      <div role="status">
        {sentences?.map((each, i) => {
          const { seed, rounds, groups: those } = tests[i] as CommonRounds<StoredGroup>;
          const seeds = seedRanges(Array.from({ length: rounds }, (_, round) => seed + round));
          return (
            <div key={each.join()}>
              <ul class="sentences">
                {each.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
              <p class="faint">
                Over the {nounFor(rounds, "round")} that {those.length > 2 ? "all" : "both"} have:{" "}
                {nounFor(rounds, "seed")} {seeds}. {rounds > 1 && "By sign-flip tests of the rounds' differences."}
              </p>
            </div>
          );
        })}
      </div>
      {tests.length > 1 && (
        <p class="faint">
          No round is in all {groups.length} groups: each two are tested on their own, and p is not corrected for{" "}
          {tests.length} comparisons.
        </p>
      )}
      {apart.map(([a, b]) => (
        <p key={`${keyOf(a)} ${keyOf(b)}`}>
          {listed([titleOf(a), titleOf(b)])} share no round with the same test pairs: no test is made between them.
        </p>
      ))}
    </>
  );
}

async function sentencesOf(
  { groups, seed, rounds }: CommonRounds<StoredGroup>,
  records: ReadonlyMap<string, RunRecord>,
  titleOf: TitleOf,
): Promise<string[]> {
  const isOfRound = (run: { readonly seed: number }) => run.seed >= seed && run.seed < seed + rounds;
  const own = groups.map((group) => recordsIn(group, records).filter(isOfRound));
  const compared = groups.map((group, i) => ({
    name: titleOf(group),
    title: titleOf(group),
    architecture: group.architecture,
    settings: {},
    runs: (own[i] ?? []).map(({ id }) => id),
  }));
  const found = await compareInWorker(compared, own.flat(), seed);
  return [...comparisonDivergences(found), ...found.differences.map(({ sentence }) => sentence)];
}

/** The records of all runs of some groups, by id. */
async function recordsOf(groups: readonly StoredGroup[]): Promise<ReadonlyMap<string, RunRecord>> {
  const ids = groups.flatMap(({ runs }) => runs.map(({ id }) => id));
  const records = new Map<string, RunRecord>();
  for (let next = 0; next < ids.length; next += AT_ONCE)
    for (const record of await Promise.all(ids.slice(next, next + AT_ONCE).map(fetchRecord)))
      records.set(record.id, record);
  return records;
}
