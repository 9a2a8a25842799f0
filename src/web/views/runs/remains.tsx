import type { StoreDocument } from "../../../core/runs/store-document.js";

/** The unfinished, damaged and set-aside runs of a store, without those in training. */
export function Remains({ store: { folder, unfinished, damaged, setAside } }: { readonly store: StoreDocument }) {
  const broken = damaged.length + setAside.length;
  if (unfinished === 0 && broken === 0) return null;
  return (
    <section aria-labelledby="remains">
      <h2 id="remains">Not finished</h2>
      {unfinished > 0 && (
        <p>
          {unfinished === 1 ? "1 run has begun and is" : `${unfinished} runs have begun and are`} not finished: the same
          command continues.
        </p>
      )}
      {broken > 0 && (
        <>
          <p>
            {broken === 1 ? "1 run is" : `${broken} runs are`} damaged or set aside as such. The same command trains
            such a run again; <code>npx pairlab runs rm --damaged --runs {folder}</code> removes what is left.
          </p>
          <ul class="broken">
            {damaged.map(({ id, damage }) => (
              <li key={id}>{damage}</li>
            ))}
            {setAside.map((name) => (
              <li key={name}>
                set aside: {folder}/damaged/{name}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
