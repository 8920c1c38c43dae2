import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { NoticePage } from "#app/ui/notices-page.tsx";
import { findNotice } from "#db/queries/notices.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction<typeof loader> = ({ data }) => (data ? [{ title: site.title(data.notice.title) }] : []);

export async function loader({ params, context: { db, origin, keep } }: LoaderFunctionArgs) {
  const id = /^[1-9]\d{0,8}$/.test(params["id"] ?? "") ? Number(params["id"]) : 0;
  const found = await findNotice(db, id);
  if (!found?.publishedAt) throw new Response(null, { status: 404 });
  keep([`stairwell:${found.stairwellId}`]);
  const { title, body, remark, endsOn, withdraws, withdrawnBy, stairwell, community, entrance, committee, phone } = found;
  return {
    notice: {
      id, title, body: body.split("\n"), remark, endsOn, withdraws, withdrawnBy, stairwell, community, entrance, committee, phone,
      number: found.number ?? 0,
      publishedOn: shanghaiDay(found.publishedAt),
    },
    url: origin + paths.notice(id),
  };
}

export default function Notice() {
  return <NoticePage {...useLoaderData<typeof loader>()} />;
}
