import { redirect, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { courseOf, dueOf } from "#app/domain/public-course.ts";
import { toPublic } from "#app/domain/public-view.ts";
import { topicsAt } from "#app/domain/faq.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { twoThirdsOf } from "#app/domain/stages.ts";
import { readAnswers } from "#app/http/faq.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { feedWords } from "#app/i18n/zh-CN/feed.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { StairwellPage } from "#app/ui/stairwell-page.tsx";
import { listNotices } from "#db/queries/notices.server.ts";
import courseStyles from "#app/ui/course.css?url";
import worksStyles from "#app/ui/works.css?url";
import { findStairwell } from "#db/queries/stairwells.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const links: LinksFunction = () => [worksStyles, courseStyles].map((href) => ({ rel: "stylesheet", href }));

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? [
        { title: site.title(stairwellName(data.stairwell.community, data.stairwell.entrance)) },
        { tagName: "link", rel: "alternate", type: "application/atom+xml", title: feedWords.stairwell(data.stairwell.community, data.stairwell.entrance), href: paths.stairwellFeed(data.stairwell.code) },
      ]
    : [];

export async function loader({ params: { code = "" }, context: { db, now, keep } }: LoaderFunctionArgs) {
  if (code !== code.toUpperCase()) throw redirect(paths.stairwell(encodeURIComponent(code.toUpperCase())), 301);
  const facts = await findStairwell(db, code);
  if (!facts) throw new Response(null, { status: 404 });
  const stairwell = toPublic(facts, now);
  // What the page says of a running consultation or of a stop changes with the clock, which touches no tag.
  if (stairwell.pause === null && stairwell.consultation?.state !== "open" && stairwell.communityConsultation?.state !== "open") keep([`stairwell:${facts.id}`]);
  const [notices, answers] = await Promise.all([listNotices(db, { stairwellId: facts.id }), readAnswers(db)]);
  const plan = notices.find(({ kind, withdraws, withdrawnBy }) => kind === "plan" && withdraws === null && withdrawnBy === null);
  return {
    stairwell,
    course: courseOf(facts, dueOf(stairwell, plan?.endsOn ?? null), now),
    questions: topicsAt[stairwell.stage].flatMap((topic) => answers.filter((answer) => answer.topic === topic).map(({ question }) => ({ topic, question }))),
    planNotice: stairwell.stage === "plan-notice" && plan?.endsOn ? { id: plan.id, endsOn: plan.endsOn } : null,
    need: twoThirdsOf(stairwell.flats),
    notices: notices.map(({ id, title, number, publishedAt, withdrawnBy }) => ({
      id, title, number: number ?? 0, stairwell: facts.code, publishedOn: publishedAt ? shanghaiDay(publishedAt) : "", withdrawn: withdrawnBy !== null,
    })),
  };
}

export default function Stairwell() {
  return <StairwellPage {...useLoaderData<typeof loader>()} />;
}
