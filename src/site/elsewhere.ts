/** The built page's file that says which of its files are in a package: their paths, and the modules that they are. */
export const ELSEWHERE = "elsewhere.json";
