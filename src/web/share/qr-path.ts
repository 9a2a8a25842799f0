/** The dark modules of a QR code as the path of an SVG whose unit is a module: a bar for those beside one another. */
export const qrPath = (modules: readonly (readonly boolean[])[]): string =>
  modules.flatMap((row, y) => bars(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`)).join("");

/** Where the dark modules of a row begin, and how many are beside one another. */
function bars(row: readonly boolean[]): { readonly from: number; readonly length: number }[] {
  const begins = row.flatMap((dark, x) => (dark && !row[x - 1] ? [x] : []));
  return begins.map((from) => {
    const end = row.indexOf(false, from);
    return { from, length: (end === -1 ? row.length : end) - from };
  });
}
