import { useState } from "preact/hooks";
import { formatAddress } from "../../address/address.js";
import { address, changeAddress } from "../../state/address.js";
import { fetchRun } from "../../state/stored-runs.js";

type Going = { readonly state: "idle" | "fetching" } | { readonly state: "failed"; readonly why: string };

interface Properties {
  /** Of a run in the store. */
  readonly id: string;
  /** An element that says which run it is. */
  readonly describedBy: string;
}

/** A link to what is inside of a stored run, which is fetched first. */
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
      // Who has gone elsewhere meanwhile is left there.
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
