import { paper as words } from "#app/i18n/zh-CN/paper.ts";
import { paths } from "#app/paths.ts";

export interface PaperImageProps {
  fileId: string;
  /** Its place in its file. */
  page: number;
  /** In pixels, of the full size: keeps the place until it is there. */
  width?: number;
  height?: number;
  alt: string;
}

/** A page of paper, as large as there is room for; a link shows it whole. */
export function PaperImage({ fileId, page, width, height, alt }: PaperImageProps) {
  return (
    <figure className="paper">
      <img src={paths.file(fileId, "screen", page)} width={width} height={height} alt={alt} />
      <figcaption className="way-on">
        <a href={paths.file(fileId, "full", page)} target="_blank" rel="noreferrer">
          {words.enlarge}
        </a>
      </figcaption>
    </figure>
  );
}
