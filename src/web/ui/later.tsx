import type { ComponentChildren } from "preact";
import { Failure } from "./failure.js";
import { useModule } from "./use-module.js";

interface Properties<Module> {
  /** The same function each time. */
  readonly load: () => Promise<Module>;
  readonly children: (module: Module) => ComponentChildren;
}

/** A part of the page whose script is fetched when it is shown. */
export function Later<Module extends object>({ load, children }: Properties<Module>) {
  const { module, failed, again } = useModule(load);
  if (module) return <>{children(module)}</>;
  return failed ? (
    <Failure
      message="This part of the page cannot be fetched: there is no connection, or the site has another version by now."
      onAgain={again}
    />
  ) : null;
}
