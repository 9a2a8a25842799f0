/** What PNG needs of the library: a module that is loaded whole has nothing else. */
export { unzlibSync, zlibSync } from "fflate";
