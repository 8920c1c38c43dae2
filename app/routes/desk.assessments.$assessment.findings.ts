import { json, type ActionFunctionArgs } from "@remix-run/node";
import { readRowNumber } from "#app/domain/row-number.ts";
import { readFinding } from "#app/http/finding.server.ts";
import { refusal } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { recordFinding } from "#app/use-cases/assessment/record-finding.server.ts";

export const handle: RouteHandle = { policy: "assessors-of-assessment" };

/** Takes in a finding that a phone has kept until it had a network again. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const read = await readFinding(request, readRowNumber(params["assessment"]), context);
  if (read instanceof Response) return read;
  const saved = await recordFinding(context, read.finding);
  return saved.ok ? json({ next: saved.next }) : refusal(read.form, saved.problem);
}
