import { formatAddress } from "../address/address.js";
import { address } from "../state/address.js";
import { useModule } from "../ui/use-module.js";

const load = () => import("./tour-panel.js");

/** The tour, where the address has a step of it. It is fetched when somebody takes it. */
export function Tour() {
  const { tour } = address.value;
  const { module, failed } = useModule(load, tour !== undefined);
  if (tour === undefined) return null;
  if (module) return <module.TourPanel number={tour} />;
  return failed ? (
    <p class="problem" role="alert">
      The tour cannot be fetched: reload the page.
    </p>
  ) : null;
}

/** Begins the tour. */
export const TourLink = () => (
  <a class="take-tour" href={formatAddress({ ...address.value, tour: 1 })}>
    Take the tour
  </a>
);
