/** The browser's own database, as promises. */

/** In ms: a database that does not open until then counts as one that the browser refuses. */
const PATIENCE = 5000;

/** The answer to a request. */
export const answerOf = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Resolves when all that a transaction changes is on the disk.
 *
 * @throws DOMException where the browser takes all of it back, such as QuotaExceededError
 */
export const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("the browser has taken it back"));
  });

/**
 * Opens a database of the page's place. It closes where another tab replaces or deletes it.
 *
 * @param make  makes the stores of a new one
 * @param onClose  called when it has closed by itself
 * @throws Error with one line where the browser has no databases, or refuses this one
 */
export function openDatabase(
  name: string,
  make: (database: IDBDatabase) => void,
  onClose: () => void,
  patience = PATIENCE,
): Promise<IDBDatabase> {
  const { indexedDB } = globalThis;
  if (!indexedDB) return Promise.reject(new Error("it has no database for pages"));
  return new Promise((resolve, reject) => {
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      reject(new Error("its database does not open"));
    }, patience);
    // Firefox throws or fails here where a window is private.
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => make(request.result);
    request.onerror = () => {
      clearTimeout(late);
      reject(new Error(`its database does not open: ${request.error?.message}`));
    };
    request.onsuccess = () => {
      clearTimeout(late);
      const database = request.result;
      database.onclose = onClose;
      database.onversionchange = () => {
        database.close();
        onClose();
      };
      if (isLate) database.close();
      else resolve(database);
    };
  });
}
