import type { FileFault, ImageType } from "./files.ts";

interface Container {
  /** Headers, metadata and whatever follows the end of the image: all but its pixels. */
  around: Uint8Array[];
  animated: boolean;
}

/** Beginnings of what is no part of a picture: another file, or a page with a script. */
const FOREIGN = /<script|<html|<!doctype|<svg[\s>]|<iframe|<\?php|%pdf-\d|rar!\x1a\x07/i;

/** The end of a ZIP archive stands within the last 64 KB of it. */
const ZIP_END = "PK\x05\x06";
const ZIP_TAIL = 65_557;

/**
 * Why an image is refused for how it is put together, before anything decodes it: cut short, animated, or at the same
 * time something else. A second picture or a film behind the first, as phones add them, is none of these.
 */
export function whyContainerIsRefused(bytes: Uint8Array, type: ImageType): FileFault | null {
  const container = READERS[type](bytes);
  if (!container) return "file_broken";
  if (container.animated) return "file_animated";
  return container.around.some((part) => FOREIGN.test(latin1(part))) || endsAsZip(bytes) ? "file_two_in_one" : null;
}

/** Whether the bytes hold what would make a browser or a script engine read them as a page. */
export function isForeign(text: string): boolean {
  return FOREIGN.test(text);
}

export function endsAsZip(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(-ZIP_TAIL)).includes(ZIP_END);
}

const READERS: Record<ImageType, (bytes: Uint8Array) => Container | null> = {
  "image/jpeg": readJpeg,
  "image/png": readPng,
  "image/webp": readWebp,
};

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * ITU T.81, annex B: segments of a marker and a length; after a scan's header its data, up to the next marker. Decoders
 * pass over what stands between segments, and so does this.
 */
function readJpeg(bytes: Uint8Array): Container | null {
  const view = viewOf(bytes);
  const around: Uint8Array[] = [];
  for (let at = 2; ; ) {
    const next = bytes.indexOf(0xff, at);
    const marker = next < 0 ? undefined : bytes[next + 1];
    if (marker === undefined) return null;
    around.push(bytes.subarray(at, next));
    at = next + 1;
    if (marker === 0xff || marker === 0) continue;
    if (marker === END_OF_IMAGE) return { around: [...around, bytes.subarray(at + 1)], animated: false };
    if (at + 3 > bytes.length) return null;
    const end = at + 1 + view.getUint16(at + 1);
    around.push(bytes.subarray(at, end));
    at = marker === START_OF_SCAN ? endOfScan(bytes, end) : end;
  }
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** Within a scan 0xFF is followed by 0x00, or by a restart marker (D0 to D7). */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** PNG specification, section 5: chunks of a length, a type, data and a checksum, up to IEND. */
function readPng(bytes: Uint8Array): Container | null {
  const view = viewOf(bytes);
  const around: Uint8Array[] = [];
  let animated = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = latin1(bytes.subarray(at + 4, at + 8));
    if (type === "IEND") return { around: [...around, bytes.subarray(at + 12)], animated };
    if (type === "acTL") animated = true;
    if (type !== "IDAT") around.push(bytes.subarray(at, at + length + 12));
    at += length + 12;
  }
  return null;
}

const WEBP_PIXELS = new Set(["VP8 ", "VP8L", "ALPH"]);

/** RFC 9649, section 2: RIFF, the length of the rest, WEBP, and chunks of a type, a length and data, padded to even. */
function readWebp(bytes: Uint8Array): Container | null {
  if (bytes.length < 12) return null;
  const view = viewOf(bytes);
  const end = view.getUint32(4, true) + 8;
  if (end > bytes.length) return null;
  const around = [bytes.subarray(end)];
  let animated = false;
  for (let at = 12; at + 8 <= end; ) {
    const type = latin1(bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    if (type === "ANIM" || type === "ANMF") animated = true;
    if (!WEBP_PIXELS.has(type)) around.push(bytes.subarray(at, Math.min(at + 8 + length, end)));
    at += 8 + length + (length % 2);
  }
  return { around, animated };
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
