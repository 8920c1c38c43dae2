import { readRowNumber } from "#app/domain/row-number.ts";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { Db } from "#db/client.server.ts";
import { findNotice, listNoticeFiles } from "#db/queries/notices.server.ts";

type Params = Record<string, string | undefined>;

/** The published notice that an address names, with the days of its period. 404 where there is none. */
export async function readNotice(db: Db, params: Params, name: "id" | "notice") {
  const found = await findNotice(db, readRowNumber(params[name]));
  if (!found?.publishedAt || (params["code"] !== undefined && params["code"] !== found.stairwell)) throw new Response(null, { status: 404 });
  const { endsOn, opinionDays } = found;
  return {
    ...found,
    publishedAt: found.publishedAt,
    number: found.number ?? 0,
    publishedOn: shanghaiDay(found.publishedAt),
    postedUntil: endsOn === null || opinionDays === null ? null : addDays(endsOn, -opinionDays),
  };
}

/** Drawings and photos of a notice, each page a picture. */
export async function readNoticeFiles(db: Db, noticeId: number, { all }: { all: boolean }) {
  const files = await listNoticeFiles(db, noticeId, { all });
  const pictures = files.map(({ at, publicSince, ...file }) => ({ ...file, day: shanghaiDay(at), shown: publicSince !== null }));
  return { drawings: pictures.filter(({ role }) => role === "drawing"), posted: pictures.filter(({ role }) => role === "posted") };
}
