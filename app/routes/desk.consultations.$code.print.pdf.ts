import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { handoutParts, stackForm } from "#app/domain/handouts.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { pdfDownload } from "#app/http/download.server.ts";
import { readForm } from "#app/http/forms.server.ts";
import { readHandouts } from "#app/http/handouts.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { handouts } from "#app/i18n/zh-CN/handouts.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { drawStack } from "#app/ui/handouts-pdf.server.ts";
import { recordDownload } from "#app/use-cases/handout/record-download.server.ts";
import { slipCode } from "#app/use-cases/slip/issue-slips.server.ts";
import { listSlips } from "#db/queries/slips.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const loader = ({ params }: LoaderFunctionArgs) => redirect(paths.handouts(params["code"] ?? ""));

/** The stack of a stairwell as a PDF, after it is written down who takes it. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const form = await readForm(request, stackForm);
  if (!form.ok) return redirect(paths.handouts(consultation, form.reply.values["stairwell"], "none"));
  const { stairwell } = form.data;
  const parts = handoutParts.filter((part) => form.data[part] === "yes");
  const found = await readHandouts(context, consultation, stairwell);
  if (!found.open) throw new Response(null, { status: 404 });
  const { stairwellId, subdistrictId, consultationId, address, flats } = found;
  const recorded = await recordDownload(context, {
    consultation, consultationId, stairwellId, subdistrictId, parts, flats: flats.length, accountId: accountOf(context), formKey: form.formKey,
  });
  if (!recorded.ok) return redirect(paths.handouts(consultation, stairwell));
  const numbers = new Map((await listSlips(context.db, stairwellId)).map(({ flatId, number }) => [flatId, number]));
  const slipOf = (flatId: number) => {
    const number = numbers.get(flatId) ?? null;
    if (number === null) return null;
    const code = slipCode(context.vault, flatId, number);
    return { code, url: context.origin + paths.slip(code) };
  };
  const { community, place } = found.consultation;
  const name = `${community} ${place.building}${place.entrance}`;
  const pdf = await drawStack({
    title: handouts.stack.documentTitle(name, consultation),
    consultation: found.consultation,
    parts,
    address,
    notice: context.demo ? site.demoPaper : null,
    flats: flats.map((flat) => ({ ...flat, slip: slipOf(flat.flatId) })),
  });
  return pdfDownload(handouts.stack.file(name), pdf);
}
