import sharp from "sharp";

/** A photo of soft colours, as JPEG; no two of different seeds are alike. */
export function photo({ width = 1_200, height = 900, seed = 1 }: { width?: number; height?: number; seed?: number } = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r: (seed * 37) % 256, g: 120, b: 90 } } }).jpeg().toBuffer();
}

/** A PDF as scanners write it: each page one picture, as large as A4. */
export async function pdf({ pages = 1, dpi = 100 }: { pages?: number; dpi?: number } = {}): Promise<Buffer> {
  const [width, height] = [Math.round(8.27 * dpi), Math.round(11.69 * dpi)];
  const objects: Buffer[] = [];
  const add = (head: string, stream?: Buffer) => {
    const body = stream ? [Buffer.from(`${head}\nstream\n`), stream, Buffer.from("\nendstream")] : [Buffer.from(head)];
    objects.push(Buffer.concat(body));
  };
  const kids = Array.from({ length: pages }, (_, i) => `${3 + 3 * i} 0 R`).join(" ");
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add(`<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`);
  for (let i = 0; i < pages; i++) {
    const at = 3 + 3 * i;
    const picture = await photo({ width, height, seed: i + 1 });
    const draw = Buffer.from("q 595 0 0 842 0 0 cm /Im Do Q");
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im ${at + 2} 0 R >> >> /Contents ${at + 1} 0 R >>`);
    add(`<< /Length ${draw.length} >>`, draw);
    add(
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${picture.length} >>`,
      picture,
    );
  }
  return assemble(objects);
}

/** Puts numbered objects together to a document with its table of places. */
export function assemble(objects: Buffer[], trailer = ""): Buffer {
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
  return Buffer.concat([...parts, Buffer.from(`${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${at}\n%%EOF\n`)]);
}
