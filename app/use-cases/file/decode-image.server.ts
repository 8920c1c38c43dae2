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
    return await decode(bytes, "warning");
  } catch (error) {
    const { message } = error as Error;
    if (!HARMLESS.test(message)) return faultOf(message);
  }
  return decode(bytes, "error").catch((error: unknown) => faultOf((error as Error).message));
}

/** What decoders warn of in photos that are whole: bytes too many, versions, parameters and profiles written wrongly. */
const HARMLESS = /extraneous bytes|Invalid SOS parameters|JFIF major|Adobe color transform|iCCP|sRGB/;

async function decode(bytes: Uint8Array, failOn: "warning" | "error"): Promise<PageSizes | FileFault> {
  const image = sharp(bytes, { limitInputPixels: FILE_LIMITS.pixels, failOn });
  return whyPixelsAreRefused(await image.metadata()) ?? makeSizes(image.autoOrient());
}

function faultOf(message: string): FileFault {
  if (message.includes("exceeds pixel limit")) return "file_too_many_pixels";
  return message.includes("timeout: ") ? "file_too_complex" : "file_broken";
}
