import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { publicOpinions } from "#app/domain/opinion.ts";
import { readNotice, readNoticeFiles } from "#app/http/notice.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { NoticePage } from "#app/ui/notices-page.tsx";
import { countOpinions, isEnded } from "#db/queries/opinions.server.ts";
import { findSealPrint } from "#db/queries/record.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction<typeof loader> = ({ data }) => (data ? [{ title: site.title(data.notice.title) }] : []);

export async function loader({ params, context: { db, origin, keep } }: LoaderFunctionArgs) {
  const { id, kind, consultation, title, body, remark, endsOn, opinionDays, withdraws, withdrawnBy, stairwell, stairwellId, community, entrance, committee, phone, number, publishedOn } =
    await readNotice(db, params, "id");
  keep([`stairwell:${stairwellId}`]);
  const ended = opinionDays !== null && (await isEnded(db, id));
  return {
    notice: {
      id, title, body: body.split("\n"), remark, endsOn, withdraws, withdrawnBy, stairwell, community, entrance, committee, phone,
      number, publishedOn,
      hasClock: opinionDays !== null,
    },
    takesOpinions: opinionDays !== null && !ended && withdrawnBy === null,
    opinions: ended ? publicOpinions(await countOpinions(db, id)) : null,
    ...(await readNoticeFiles(db, id, { all: false })),
    seal: kind === "result" && consultation !== null ? await findSealPrint(db, consultation) : null,
    url: origin + paths.notice(id),
  };
}

export default function Notice() {
  return <NoticePage {...useLoaderData<typeof loader>()} />;
}
