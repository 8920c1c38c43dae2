import { createHash } from "node:crypto";
import sharp, { type Sharp } from "sharp";
import { EDGES, THUMBNAIL_BYTES, type FileSize } from "#app/domain/files.ts";

/** One page as it is kept: JPEG in sRGB, upright, without any metadata. */
export interface PageSizes {
  /** Of the full size, in pixels. */
  width: number;
  height: number;
  sha256: Buffer;
  sizes: Record<FileSize, Buffer>;
}

/** Nothing is remembered between files, and what a file takes is given back. */
sharp.cache(false);

const QUALITY: Record<FileSize, number> = { full: 85, screen: 80, thumbnail: 75 };

/** How long one page may take the decoder. */
const SECONDS = 30;

/** Makes the three sizes of a page from what has been decoded; each is made from the one above it. */
export async function makeSizes(page: Sharp): Promise<PageSizes> {
  const full = await shrink(page, "full");
  const screen = await shrink(sharp(full.data), "screen");
  const thumbnail = await makeThumbnail(screen.data);
  const sha256 = createHash("sha256").update(full.data).digest();
  return { width: full.info.width, height: full.info.height, sha256, sizes: { full: full.data, screen: screen.data, thumbnail } };
}

function shrink(page: Sharp, size: FileSize, { quality = QUALITY[size], edge = EDGES[size] } = {}) {
  return page
    .resize({ width: edge, height: edge, fit: "inside", withoutEnlargement: true })
    .flatten({ background: "white" })
    .toColourspace("srgb")
    .jpeg({ quality })
    .timeout({ seconds: SECONDS })
    .toBuffer({ resolveWithObject: true });
}

/** First coarser, then smaller, until it is light enough. */
async function makeThumbnail(screen: Buffer): Promise<Buffer> {
  for (let quality = QUALITY.thumbnail, edge = EDGES.thumbnail; ; ) {
    const { data } = await shrink(sharp(screen), "thumbnail", { quality, edge });
    if (data.length <= THUMBNAIL_BYTES) return data;
    if (quality > 35) quality -= 20;
    else edge = Math.floor(edge * 0.8);
  }
}
