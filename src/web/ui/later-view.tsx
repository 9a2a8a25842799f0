import type { ComponentType } from "preact";
import { Later } from "./later.js";
import { Loading } from "./loading.js";

interface Properties {
  /** The same function each time. */
  readonly load: () => Promise<{ readonly View: ComponentType }>;
}

/** A view whose script is fetched when it is asked for. What the page loads besides is said when it is there, so that nothing moves. */
export const LaterView = ({ load }: Properties) => (
  <Later load={load}>
    {({ View }) => (
      <>
        <Loading />
        <View />
      </>
    )}
  </Later>
);
