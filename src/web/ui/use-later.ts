import { useEffect, useState } from "preact/hooks";

/** Code that is loaded when it is wanted; undefined until it is there. */
export function useLater<Module extends object>(wanted: boolean, load: () => Promise<Module>): Module | undefined {
  const [module, setModule] = useState<Module | undefined>(undefined);
  useEffect(() => {
    // Without a connection what is wanted stays away, as it does for who has no script.
    if (wanted && !module) load().then(setModule, () => {});
  }, [wanted]);
  return wanted ? module : undefined;
}
