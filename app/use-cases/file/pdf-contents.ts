import { inflateSync } from "node:zlib";
import type { FileFault } from "#app/domain/files.ts";
import { endsAsZip, isForeign } from "#app/domain/image-container.ts";

/** What one compressed stream of objects may unfold to. */
const LONGEST_OBJECTS = 16 * 1024 * 1024;

/** Names of ISO 32000 under which a document runs something, or carries other files. */
const ACTIVE = /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z0-9])/;
const ENCRYPTED = /\/Encrypt(?![A-Za-z0-9])/;

/** Why a PDF is refused for what is in it beside its pages: encrypted, with a script, or at the same time something else. */
export function whyPdfIsRefused(bytes: Uint8Array): FileFault | null {
  const { objects, bare } = readObjects(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (isForeign(bare) || endsAsZip(bytes)) return "file_two_in_one";
  const names = objects.replaceAll(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  if (ENCRYPTED.test(names)) return "file_encrypted";
  return ACTIVE.test(names) ? "file_active" : null;
}

/** All objects of a document as text, those in compressed streams too, without the contents of other streams. */
function readObjects(bytes: Buffer): { objects: string; bare: string } {
  const outside: string[] = [];
  const unfolded: string[] = [];
  let at = 0;
  for (let begin = bytes.indexOf("stream", at); begin >= 0; begin = bytes.indexOf("stream", at)) {
    const dictionary = bytes.toString("latin1", at, begin);
    outside.push(dictionary);
    const end = bytes.indexOf("endstream", begin);
    if (end < 0) {
      at = begin + 6;
      continue;
    }
    if (/\/ObjStm/.test(dictionary.slice(-1_000))) unfolded.push(unfold(bytes.subarray(begin + 6, end)));
    at = end + 9;
  }
  // The mark at the very beginning is its own.
  const bare = [...outside, bytes.toString("latin1", at)].join(" ").slice(5);
  return { objects: [bare, ...unfolded].join(" "), bare };
}

/** A stream that cannot be unfolded cannot be read by the engine either. */
function unfold(stream: Buffer): string {
  const from = stream[0] === 0x0d ? 2 : 1;
  try {
    return inflateSync(stream.subarray(from), { maxOutputLength: LONGEST_OBJECTS, finishFlush: 2 }).toString("latin1");
  } catch {
    return "";
  }
}
