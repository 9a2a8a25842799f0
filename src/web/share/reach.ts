/**
 * The address at which other devices find a page: another than its own where it is open on its server's own machine. Undefined where only
 * this machine reaches it.
 *
 * @param network  the hosts at which they reach the server
 */
export function urlForOthers(own: string, [host]: readonly string[] = []): string | undefined {
  const url = new URL(own);
  if (!isOnlyHere(url.hostname)) return own;
  if (host === undefined) return undefined;
  url.hostname = host;
  return isOnlyHere(url.hostname) ? undefined : url.href;
}

/** Whether only this machine reaches a page: the name of its host means another machine elsewhere. */
export const isOnlyHere = (hostname: string): boolean =>
  hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname) || /^(.+\.)?localhost$/.test(hostname);
