import { deflateSync } from "node:zlib";
import sharp from "sharp";

/** A photo of one colour, as JPEG; no two of different seeds are alike. */
export function photo({ width = 1_200, height = 900, seed = 1 }: { width?: number; height?: number; seed?: number } = {}): Promise<Buffer> {
  return blank(width, height, seed).jpeg().toBuffer();
}

function blank(width: number, height: number, seed = 1) {
  return sharp({ create: { width, height, channels: 3, background: { r: (seed * 37) % 256, g: 120, b: (seed * 11) % 256 } } });
}

/** A photo in which no two pixels are alike: the heaviest that its size can be. */
export function noise({ width, height }: { width: number; height: number }): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, noise: { type: "gaussian", mean: 128, sigma: 60 }, background: "black" } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Lying on its side by its orientation, red above blue when upright, with all that cameras write into a photo. */
export async function cameraPhoto(): Promise<Buffer> {
  const lying = await sharp({
    create: { width: 800, height: 600, channels: 3, background: "#0000ff" },
  })
    .composite([{ input: { create: { width: 400, height: 600, channels: 3, background: "#ff0000" } }, left: 0, top: 0 }])
    .jpeg()
    .toBuffer();
  return sharp(lying)
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: "Phone of Lin Fang", Artist: "Lin Fang" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "31/1 11/1 24/1", GPSLongitudeRef: "E", GPSLongitude: "121/1 31/1 12/1" },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>')
    .withIccProfile("p3")
    .jpeg()
    .toBuffer();
}

/** A picture that moves: two frames. */
export async function animation(format: "gif" | "webp"): Promise<Buffer> {
  const frames = await Promise.all([1, 2].map((seed) => blank(40, 40, seed).png().toBuffer()));
  const moving = sharp(frames, { join: { animated: true } });
  return format === "gif" ? moving.gif().toBuffer() : moving.webp().toBuffer();
}

/** A chunk of a PNG with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array = new Uint8Array()): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** ISO 3309, as PNG uses it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const PNG_MARK = Buffer.from("89504e470d0a1a0a", "hex");

function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return pngChunk("IHDR", header);
}

/** A PNG of one colour, with further chunks between its header and its pixels, and bytes behind its end. */
export function png({ width = 20, height = 20, chunks = [], behind = Buffer.alloc(0) }: { width?: number; height?: number; chunks?: Buffer[]; behind?: Buffer } = {}): Buffer {
  const rows = Buffer.alloc(Math.min(height, 1_000) * (1 + 3 * Math.min(width, 1_000)));
  return Buffer.concat([PNG_MARK, pngHeader(width, height), ...chunks, pngChunk("IDAT", deflateSync(rows)), pngChunk("IEND"), behind]);
}

/** A PNG with the chunks that make it move. */
export function apng(): Buffer {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(2);
  return png({ chunks: [pngChunk("acTL", control)] });
}

/** A photo that says that it is that large; its pixels are not there. */
export async function jpegSaying(width: number, height: number): Promise<Buffer> {
  const bytes = Buffer.from(await photo({ width: 16, height: 16 }));
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}

/** A photo with a segment of this kind – 0xfe a comment, 0xe1 to 0xef an application's – behind its first two bytes. */
export async function jpegWith(marker: number, text: string): Promise<Buffer> {
  const bytes = await photo();
  const data = Buffer.from(text);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([bytes.subarray(0, 2), head, data, bytes.subarray(2)]);
}

/** The smallest ZIP archive: its end, with nothing in it. */
export const emptyZip = Buffer.concat([Buffer.from("PK\x05\x06", "latin1"), Buffer.alloc(18)]);

/** A photo as newer phones keep it: recognised by its first box, and no more than that. */
export const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic\0\0\0\0mif1heic", "latin1"), Buffer.alloc(100)]);

/** A stream object of a PDF. */
export function stream(dictionary: string, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`<< ${dictionary} /Length ${data.length} >>\nstream\n`, "latin1"), data, Buffer.from("\nendstream")]);
}

/** Objects in compressed form, as PDF 1.5 allows: numbered from 100. */
export function objectStream(objects: readonly string[]): Buffer {
  const places = objects.map((_, i) => `${100 + i} ${objects.slice(0, i).join(" ").length}`).join(" ");
  return stream(`/Type /ObjStm /N ${objects.length} /First ${places.length + 1} /Filter /FlateDecode`, deflateSync(Buffer.from(`${places} ${objects.join(" ")}`)));
}

interface PdfParts {
  pages?: number;
  dpi?: number;
  /** Points. */
  box?: [number, number];
  /** Beside the pages. */
  objects?: Buffer[];
  catalog?: string;
  trailer?: string;
  /** What each page shows; a picture of one colour unless told. */
  picture?: (page: number) => Promise<Buffer>;
}

/** A PDF as scanners write it: each page one picture, as large as A4. */
export async function pdf({ pages = 1, dpi = 100, box = [595, 842], objects = [], catalog = "", trailer = "", picture }: PdfParts = {}): Promise<Buffer> {
  const [width, height] = [Math.round((box[0] / 72) * dpi), Math.round((box[1] / 72) * dpi)];
  const kids = Array.from({ length: pages }, (_, i) => `${3 + 3 * i} 0 R`).join(" ");
  const all: Buffer[] = [Buffer.from(`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`), Buffer.from(`<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`)];
  for (let i = 0; i < pages; i++) {
    const at = 3 + 3 * i;
    const content = Buffer.from(`q ${box[0]} 0 0 ${box[1]} 0 0 cm /Im Do Q`);
    all.push(
      Buffer.from(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${box.join(" ")}] /Resources << /XObject << /Im ${at + 2} 0 R >> >> /Contents ${at + 1} 0 R >>`),
      stream("", content),
      picture
        ? await picture(i + 1)
        : stream(
            `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`,
            await photo({ width, height, seed: i + 1 }),
          ),
    );
  }
  return assemble([...all, ...objects], trailer);
}

/** Puts numbered objects together to a document with its table of places. */
function assemble(objects: Buffer[], trailer: string): Buffer {
  const parts = [Buffer.from("%PDF-1.5\n")];
  const places: number[] = [];
  let at = 9;
  for (const [i, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]);
    places.push(at);
    at += part.length;
    parts.push(part);
  }
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  return Buffer.concat([...parts, Buffer.from(`${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`)]);
}
