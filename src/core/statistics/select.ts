/**
 * The value that would stand at a place if the values were sorted (Hoare 1961, "Algorithm 65: Find"). They are partly sorted by
 * it: none before the place is larger, none behind it smaller. There must be no NaN among them.
 *
 * @param place  from 0
 */
export function select(values: Float64Array, place: number): number {
  let [left, right] = [0, values.length - 1];
  while (left < right) {
    const pivot = values[(left + right) >> 1] as number;
    let [i, j] = [left, right];
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i > j) break;
      const swapped = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = swapped;
    }
    if (place <= j) right = j;
    else if (place >= i) left = i;
    else break;
  }
  return values[place] as number;
}
