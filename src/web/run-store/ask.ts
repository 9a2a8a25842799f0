/**
 * Asks the server that this page came from. An unchanged answer is not sent again.
 *
 * @throws Error with one line where there is no connection or no answer in time, or with the server's own reason
 */
export async function ask(address: URL, signal?: AbortSignal): Promise<Response> {
  const late = AbortSignal.timeout(PATIENCE);
  const either = signal ? AbortSignal.any([signal, late]) : late;
  const response = await fetch(address, { cache: "no-cache", signal: either }).catch(() => {
    throw new Error(
      late.aborted
        ? `${address.host} does not answer`
        : `there is no connection to ${address.host} (is pairlab serve running there?)`,
    );
  });
  if (!response.ok) throw new Refused(response.status, await reasonOf(response));
  return response;
}

/** The server has answered, and does not give what it was asked for. */
export class Refused extends Error {
  /** @param status  of HTTP: 404 where there is no such thing */
  constructor(
    readonly status: number,
    reason: string,
  ) {
    super(reason);
  }
}

/** In ms. A first reading of a store with thousands of runs takes seconds. */
const PATIENCE = 60_000;

async function reasonOf(response: Response): Promise<string> {
  const said: { readonly error?: unknown } | null = await response.json().catch(() => null);
  return typeof said?.error === "string" ? said.error : `the server answers ${response.status}`;
}
