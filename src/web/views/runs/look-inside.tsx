import { useState } from "preact/hooks";
import { formatAddress } from "../../address/address.js";
import { address, changeAddress } from "../../state/address.js";
import { fetchRun } from "../../state/stored-runs.js";

type Going = { readonly state: "idle" | "fetching" } | { readonly state: "failed"; readonly why: string };

interface Properties {
  /** The id of a run in the store. */
  readonly id: string;
  /** The id of an element that names the run. */
  readonly describedBy: string;
}

/** A link to the inside of a stored run. The run is fetched first. */
export function LookInside({ id, describedBy }: Properties) {
  const [going, setGoing] = useState<Going>({ state: "idle" });
  const go = async (event: MouseEvent) => {
    // In another tab, the view that opens there fetches it.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (going.state === "fetching") return;
    setGoing({ state: "fetching" });
    try {
      await fetchRun(id);
      setGoing({ state: "idle" });
      // If the visitor has opened another view meanwhile, that stays.
      if (address.value.view === "runs") changeAddress({ view: "inside", run: id });
    } catch (error) {
      setGoing({ state: "failed", why: (error as Error).message });
    }
  };
  return (
    <>
      <a
        href={formatAddress({ ...address.value, view: "inside", run: id })}
        aria-describedby={describedBy}
        onClick={go}
      >
        look inside
      </a>
      <span role="status" class={going.state === "failed" ? "going wrong" : "going faint"}>
        {going.state === "fetching" && "Fetching the run…"}
        {going.state === "failed" && going.why}
      </span>
    </>
  );
}
