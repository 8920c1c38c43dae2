import { costForm, estimateCosts, usualScheme } from "#app/domain/cost-estimate.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { costProblem } from "#app/i18n/zh-CN/cost.ts";
import { fieldError } from "#app/i18n/zh-CN/forms.ts";
import { readCostRules } from "#db/queries/settings.server.ts";
import type { PortalContext } from "./context.server.ts";

/** What stands in the form until somebody types something else; the total in yuan. */
interface UsualCost {
  total: number;
  floors: number;
  each: number;
}

/** What a lift of six floors comes to, in yuan, where no plan says it. */
export const USUAL_TOTAL = 600_000;

const blank = { percents: "", within: "equal", areas: "" };

/** The question stands in the address, so that the answer can be bookmarked, sent on and printed. */
export async function readCosts(request: Request, { db, now }: PortalContext, { total, floors, each }: UsualCost) {
  const today = shanghaiDay(now);
  const none: { name?: string; message: string }[] = [];
  const rules = await readCostRules(db, today);
  const usual = { ...blank, total: String(total), floors: String(floors), each: String(each), scheme: usualScheme(floors, rules.schemes) };
  const typed = Object.fromEntries([...new URL(request.url).searchParams].filter(([name]) => name in usual));
  const page = { schemes: rules.schemes.map(({ id, name, source }) => ({ id, name, source })), values: { ...usual, ...typed }, today };
  const parsed = costForm.safeParse(page.values);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ name: String(path[0]), message: fieldError(message, String(path[0])) }));
    return { status: 422, page: { ...page, errors, estimate: null } };
  }
  const answer = estimateCosts(parsed.data, rules);
  if (answer.ok) return { status: 200, page: { ...page, errors: none, estimate: answer.estimate } };
  const { at } = answer.problem;
  return { status: 422, page: { ...page, errors: [{ message: costProblem(answer.problem), ...(at && { name: at }) }], estimate: null } };
}
