import type { ReactNode } from "react";
import { EDGES, type FileSize } from "#app/domain/files.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { fileWords as words } from "#app/i18n/zh-CN/files.ts";
import { paths } from "#app/paths.ts";

export interface Photo {
  file: string;
  /** Of a document, which page; the first unless told. */
  page?: number;
  /** What the photo shows. */
  caption: string;
  /** 2026-11-21 */
  day: string;
  /** Of the full size, in pixels. */
  width: number;
  height: number;
  /** Where its thumbnail leads; to the size of the screen unless told. */
  href?: string;
  /** A word on its state. */
  badge?: ReactNode;
}

/** Photos as a grid of thumbnails, each leading to the size of the screen. */
export function Photos({ photos }: { photos: readonly Photo[] }) {
  return (
    <ul className="photos">
      {photos.map(({ href, badge, day, ...photo }) => (
        <li key={`${photo.file} ${photo.page ?? 1}`}>
          <a href={href ?? paths.file(photo.file, "screen", photo.page)}>
            <Picture {...photo} size="thumbnail" />
          </a>
          <p>{photo.caption}</p>
          <p className="field-hint">{longDay(day)}</p>
          {badge}
        </li>
      ))}
    </ul>
  );
}

/** One photo as large as there is room, leading to all of it. */
export function LargePhoto({ photo }: { photo: Omit<Photo, "href" | "badge" | "day"> }) {
  return (
    <a className="photo" href={paths.file(photo.file, "full", photo.page)}>
      <Picture {...photo} size="screen" />
    </a>
  );
}

function Picture({ file, page, caption, width, height, size }: Omit<Photo, "day"> & { size: FileSize }) {
  const scale = Math.min(1, EDGES[size] / Math.max(width, height));
  return (
    <img
      src={paths.file(file, size, page)}
      alt={words.photoOf(caption)}
      width={Math.round(width * scale)}
      height={Math.round(height * scale)}
      loading="lazy"
      decoding="async"
    />
  );
}
