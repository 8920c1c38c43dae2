import { encode } from "uqr";

export interface QrCodeProps {
  /** What the code leads to. */
  value: string;
  /** What it is for, for a screen reader. */
  label: string;
}

/** The dark modules as one path, a run of them in a row as one stroke. */
export function qrPath(data: readonly (readonly boolean[])[]): string {
  return data
    .flatMap((row, y) => {
      const runs: string[] = [];
      for (let x = 0; x < row.length; x += 1) {
        if (!row[x]) continue;
        let length = 1;
        while (row[x + length]) length += 1;
        runs.push(`M${x} ${y}h${length}v1h-${length}z`);
        x += length;
      }
      return runs;
    })
    .join("");
}

/** A QR code, black on white in every theme, with the four modules of quiet around it that ISO/IEC 18004 asks for. */
export function QrCode({ value, label }: QrCodeProps) {
  const { data, size } = encode(value, { ecc: "M", border: 4 });
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path className="qr-light" d={`M0 0h${size}v${size}H0z`} />
      <path className="qr-dark" d={qrPath(data)} />
    </svg>
  );
}
