import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { costForm, estimateCosts } from "#app/domain/cost-estimate.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { cost, costProblem } from "#app/i18n/zh-CN/cost.ts";
import { fieldError } from "#app/i18n/zh-CN/forms.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { CostPage } from "#app/ui/cost-page.tsx";
import { readCostRules } from "#db/queries/settings.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(cost.title) }];

const usual = { total: "600000", floors: "6", each: "2", scheme: "shanghai", percents: "", within: "equal", areas: "" };

/** The question stands in the address, so that the answer can be bookmarked, sent on and printed. */
export async function loader({ request, context: { db, now } }: LoaderFunctionArgs) {
  const today = shanghaiDay(now);
  const none: { name?: string; message: string }[] = [];
  const rules = await readCostRules(db, today);
  const typed = Object.fromEntries([...new URL(request.url).searchParams].filter(([name]) => name in usual));
  const page = { schemes: rules.schemes.map(({ id, name, source }) => ({ id, name, source })), values: { ...usual, ...typed }, today };
  const parsed = costForm.safeParse(page.values);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ name: String(path[0]), message: fieldError(message, String(path[0])) }));
    return json({ ...page, errors, estimate: null }, { status: 422 });
  }
  const answer = estimateCosts(parsed.data, rules);
  if (answer.ok) return json({ ...page, errors: none, estimate: answer.estimate });
  const { at } = answer.problem;
  return json({ ...page, errors: [{ message: costProblem(answer.problem), ...(at && { name: at }) }], estimate: null }, { status: 422 });
}

export default function Cost() {
  return <CostPage {...useLoaderData<typeof loader>()} />;
}
