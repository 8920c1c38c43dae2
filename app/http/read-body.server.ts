/**
 * Reads the body of a request, and stops reading as soon as it is longer than it may be.
 *
 * @param longest in bytes
 * @returns null for one that is longer
 */
export async function readBody(request: Request, longest: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    length += part.value.byteLength;
    if (length > longest) return null;
    chunks.push(part.value);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
