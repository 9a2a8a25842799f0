import { execFileSync } from "node:child_process";

/** Whole-program tests run what users run, and every test runs the kernels: build both once. */
export default function build(): void {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
}
