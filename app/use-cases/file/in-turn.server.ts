let last: Promise<unknown> = Promise.resolve();

/**
 * Runs one piece of work after the other. Decoded, one photo of 50 megapixels takes 150 MB and more: files wait for each
 * other so that many at once take no more than one.
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = last.then(work, work);
  last = done.catch(() => {});
  return done;
}
