import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readAloudForm } from "#app/domain/assisted.ts";
import { nextPage, nextWithout } from "#app/domain/board.ts";
import { assistedBallotForm } from "#app/domain/consultation-forms.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { assisted, assistedMessages } from "#app/i18n/zh-CN/assisted.ts";
import { nameHome } from "#app/i18n/zh-CN/binding.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { ReadBallot } from "#app/ui/read-aloud.tsx";
import { useReply } from "#app/ui/reply.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { readBoard } from "#app/use-cases/consultation/read-board.server.ts";
import { findRollFlat } from "#db/queries/ballots.server.ts";
import { listOwnersOfFlat } from "#db/queries/bindings.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(assisted.read.title) }];

/** The ballot that is about to be read aloud stands in the address: a room and a choice, no person. */
function readAsked(request: Request) {
  const asked = assistedBallotForm.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  return asked.success ? asked.data : undefined;
}

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const consultation = params["code"] ?? "";
  const ballot = readAsked(request);
  const flat = ballot && (await findRollFlat(context.db, consultation, ballot.room));
  if (!ballot || !flat) throw redirect(paths.consultation(consultation));
  const owners = (await listOwnersOfFlat(context.db, flat.flatId)).map(({ id, name }) => ({ id, name }));
  const { community, building, entrance, committeePhone, room, closesAt } = flat;
  return { consultation, place: { community, building, entrance, phone: committeePhone }, room, closesAt, ballot, owners, formKey: newFormKey() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const consultation = params["code"] ?? "";
  const ballot = readAsked(request);
  if (!ballot) return redirect(paths.consultation(consultation));
  const form = await readForm(request, readAloudForm);
  if (!form.ok) return replyTo(form.reply);
  const { owner = null, name = null } = form.data;
  const cast = await castBallot(context, {
    ...ballot, consultation,
    channel: "assisted",
    accountId: accountOf(context),
    telling: { ownerId: owner, name, message: assistedMessages.ballot(context.origin), nameHome },
    formKey: form.formKey,
  });
  if (!cast.ok) return refusal(form, cast.problem);
  const { page } = ballot;
  const board = await readBoard(context, { consultation, unit: ballot.room, page });
  const next = nextWithout(board?.flats ?? [], ballot.room)?.unit ?? ballot.room;
  const turned = page === undefined ? undefined : nextPage(board?.paper.pages ?? [], page)?.id;
  return redirect(paths.consultation(consultation, { room: next, channel: "assisted", saved: ballot.room, told: cast.told.length, page: turned }));
}

export default function Read() {
  const reply = useReply();
  return <ReadBallot {...useLoaderData<typeof loader>()} reply={reply} />;
}
