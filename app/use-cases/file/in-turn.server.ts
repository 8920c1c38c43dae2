/**
 * Runs one piece of work after the other. Decoded, one photo of 50 megapixels takes 150 MB and more: files wait for each
 * other, so that many at once take no more memory than one.
 */
export function createLane(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}
