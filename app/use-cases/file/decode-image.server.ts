import sharp from "sharp";
import { FILE_LIMITS, whyPixelsAreRefused, type FileFault, type ImageType } from "#app/domain/files.ts";
import { whyContainerIsRefused } from "#app/domain/image-container.ts";
import { makeSizes, type PageSizes } from "./page-sizes.server.ts";

/**
 * Decodes a photo and makes it anew, upright by its orientation: of the file that was sent nothing remains but what can
 * be seen.
 */
export async function decodeImage(bytes: Uint8Array, type: ImageType): Promise<PageSizes | FileFault> {
  const fault = whyContainerIsRefused(bytes, type);
  if (fault) return fault;
  try {
    const image = sharp(bytes, { limitInputPixels: FILE_LIMITS.pixels, failOn: "error" });
    const pixels = whyPixelsAreRefused(await image.metadata());
    return pixels ?? (await makeSizes(image.autoOrient()));
  } catch (error) {
    return faultOf(error as Error);
  }
}

function faultOf({ message }: Error): FileFault {
  if (message.includes("exceeds pixel limit")) return "file_too_many_pixels";
  return /timeout: /.test(message) ? "file_too_complex" : "file_broken";
}
