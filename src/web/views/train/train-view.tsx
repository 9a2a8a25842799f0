/** Networks, settings and seeds to choose; their training, live. */
export function TrainView() {
  return <h1>Train</h1>;
}
