import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { agreementPageForm, missingItems } from "#app/domain/agreement.ts";
import { firmStanding } from "#app/domain/firm.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf, isOfCommittee } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { agreementWords } from "#app/i18n/zh-CN/money.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { AgreementPage } from "#app/ui/agreement-page.tsx";
import { useReply } from "#app/ui/reply.ts";
import { recordAgreement } from "#app/use-cases/money/record-agreement.server.ts";
import { signContract } from "#app/use-cases/money/sign-contract.server.ts";
import { findAgreement, listEngagements } from "#db/queries/agreements.server.ts";
import { listFirms } from "#db/queries/firms.server.ts";

export const handle: RouteHandle = { policy: "staff-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(agreementWords.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const { request, context } = args;
  const place = await getPlace(args);
  const today = shanghaiDay(context.now);
  const [agreement, contracts, firms] = await Promise.all([
    findAgreement(context.db, place.stairwellId), listEngagements(context.db, place.stairwellId), listFirms(context.db, place.subdistrictId),
  ]);
  const said = new URL(request.url).searchParams.get("done");
  return {
    place,
    mayAct: isOfCommittee(context, place.committeeId),
    agreement: agreement ? { signedOn: agreement.signedOn, items: agreement.items, missing: missingItems(agreement.items), by: agreement.by } : null,
    contracts,
    firms: firms.filter((firm) => firmStanding(firm, today) === "valid").map(({ id, name, kind }) => ({ id, name, kind })),
    today,
    formKey: newFormKey(),
    done: (["agreement", "contract"] as const).find((known) => known === said) ?? null,
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const stairwell = params["code"] ?? "";
  const form = await readForm(request, agreementPageForm);
  if (!form.ok) return replyTo(form.reply);
  const { step, signedOn, items = [], firm = 0, role = "agent", contractNo = "" } = form.data;
  const by = { stairwell, signedOn, accountId: accountOf(context), formKey: form.formKey };
  const done = step === "agreement" ? await recordAgreement(context, { ...by, items }) : await signContract(context, { ...by, firmId: firm, role, contractNo });
  return done.ok ? redirect(paths.agreement(stairwell, step)) : refusal(form, done.problem);
}

export default function Agreement() {
  const reply = useReply();
  return <AgreementPage {...useLoaderData<typeof loader>()} reply={reply} />;
}
