import { readFileSync } from "node:fs";

/** What `package.json` says of a package. */
export interface PackageDescription {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly author?: string | { readonly name: string };
  readonly homepage?: string;
}

/** This package, as its `package.json` describes it. */
export const ownPackage = (): PackageDescription =>
  JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** The version of this package. */
export const packageVersion = (): string => ownPackage().version;
