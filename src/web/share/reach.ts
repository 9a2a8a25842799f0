/** Whether only this machine reaches a page: the name of its host means another machine elsewhere. */
export const isOnlyHere = (hostname: string): boolean =>
  hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname) || /^(.+\.)?localhost$/.test(hostname);
