/** What a file is kept as: the image of a paper ballot, a proxy's authorisation, a signature drawn on a screen, a photo, the receipt of a payment, any other document. */
export const fileKinds = ["scan", "authorisation", "signature", "photo", "receipt", "document"] as const;
export type FileKind = (typeof fileKinds)[number];

/** Each page is kept in three sizes, all of them JPEG. */
export const fileSizes = ["thumbnail", "screen", "full"] as const;
export type FileSize = (typeof fileSizes)[number];

/** What may be sent; whatever it calls itself, its first bytes say which it is. */
export const fileTypes = ["image/jpeg", "image/png", "image/webp", "application/pdf"] as const;
export type FileType = (typeof fileTypes)[number];
export type ImageType = Exclude<FileType, "application/pdf">;

export const FILE_LIMITS = {
  bytes: 20 * 1024 * 1024,
  pixels: 50_000_000,
  pages: 200,
  /** Of one form, all its files together. */
  formBytes: 40 * 1024 * 1024,
  formFiles: 10,
} as const;

/** Longest edge in pixels. A4 at 200 dots per inch, at which handwriting is legible, is 2 339 long and stays whole. */
export const EDGES: Record<FileSize, number> = { thumbnail: 480, screen: 1_600, full: 4_096 };

/** Bytes that a thumbnail never exceeds: pages show many of them. */
export const THUMBNAIL_BYTES = 60_000;

/** Dots per inch at which the pages of a PDF are drawn. */
const PAGE_DPI = 200;

/** Points per inch, in which a PDF measures its pages. */
const POINTS = 72;

/**
 * How much larger than its points a page is drawn: 200 dots per inch, less where that is beyond the longest edge; null
 * for a page that has no area.
 */
export function pageScale({ width, height }: { width: number; height: number }): number | null {
  const scale = Math.min(PAGE_DPI / POINTS, EDGES.full / Math.max(width, height));
  return width * scale >= 1 && height * scale >= 1 ? scale : null;
}

/** Why a file is refused. */
export type FileFault =
  | "file_empty"
  | "file_too_large"
  | "file_unknown_type"
  | "file_heic"
  | "file_animated"
  | "file_broken"
  | "file_too_many_pixels"
  | "file_too_many_pages"
  | "file_two_in_one"
  | "file_encrypted"
  | "file_active"
  | "file_too_complex"
  | "file_store_away";

const OTHER_TYPES: ReadonlyMap<string | undefined, FileFault> = new Map([
  ["image/heic", "file_heic"],
  ["image/heif", "file_heic"],
  ["image/heic-sequence", "file_heic"],
  ["image/heif-sequence", "file_heic"],
  ["image/avif", "file_heic"],
  ["image/gif", "file_animated"],
  ["image/apng", "file_animated"],
]);

/** The type of a file by its media type as read from its bytes, or why it is refused. */
export function readFileType(mediaType: string | undefined): { type: FileType } | { fault: FileFault } {
  const type = fileTypes.find((known) => known === mediaType);
  return type ? { type } : { fault: OTHER_TYPES.get(mediaType) ?? "file_unknown_type" };
}

/** Whether these bytes call themselves a PDF (ISO 32000-1, 7.5.2); where they are none, reading them says so. */
export function isPdf(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, 1_024)).includes("%PDF-");
}

export function whyLengthIsRefused(bytes: number): FileFault | null {
  if (bytes === 0) return "file_empty";
  return bytes > FILE_LIMITS.bytes ? "file_too_large" : null;
}

export function whyPixelsAreRefused({ width, height }: { width: number; height: number }): FileFault | null {
  return width * height > FILE_LIMITS.pixels ? "file_too_many_pixels" : null;
}

export function whyPagesAreRefused(pages: number): FileFault | null {
  if (pages === 0) return "file_broken";
  return pages > FILE_LIMITS.pages ? "file_too_many_pages" : null;
}
