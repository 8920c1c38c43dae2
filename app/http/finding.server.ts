import { json } from "@remix-run/node";
import type { z } from "zod";
import { findingForm, MOST_FACTOR_PHOTOS } from "#app/domain/assessment-form.ts";
import { lineText } from "#app/domain/text.ts";
import { findAssessment } from "#db/queries/assessments.server.ts";
import type { PortalContext } from "./context.server.ts";
import { accountOf, stairwellsOf } from "./desk.server.ts";
import { readUploads } from "./upload.server.ts";

const form = findingForm.extend({ factor: lineText(60) });

/** Whether the signed-in person is an assessor to whom this stairwell was granted. */
export function isAssessorOf(context: PortalContext, stairwellId: number): boolean {
  return stairwellsOf(context, "assessor").includes(stairwellId);
}

interface ReadFinding {
  form: { values: Record<string, string>; formKey: string };
  finding: Omit<z.infer<typeof form>, "factor"> & { factor: string; assessmentId: number; photos: readonly Uint8Array[]; accountId: number; formKey: string };
}

/**
 * Reads what was found of one factor, from the page's own form or from a phone that has kept it: with what to save and
 * the form to answer to, or a Response that refuses it.
 *
 * @throws Response 404 or 403
 */
export async function readFinding(request: Request, assessmentId: number, context: PortalContext): Promise<ReadFinding | Response> {
  const assessment = await findAssessment(context.db, assessmentId);
  if (!assessment) throw new Response(null, { status: 404 });
  if (!isAssessorOf(context, assessment.stairwellId)) throw new Response(null, { status: 403 });
  const read = await readUploads(request, form, { photos: { most: MOST_FACTOR_PHOTOS } });
  if (!read.ok) return json({ reply: read.reply }, { status: read.status });
  const { formKey } = read;
  return { form: read, finding: { assessmentId, ...read.data, photos: read.files.photos, accountId: accountOf(context), formKey } };
}
