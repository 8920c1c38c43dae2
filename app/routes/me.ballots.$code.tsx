import { redirect, type ActionFunctionArgs, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { onlineBallotForm } from "#app/domain/consultation-forms.ts";
import { UNDO_MINUTES } from "#app/domain/ballot-end.ts";
import { maySee } from "#app/domain/own-record.ts";
import { choices, type Choice } from "#app/domain/tally.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import { flatsOf, type RouteHandle } from "#app/http/who-may.server.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { ruleSentence } from "#app/i18n/zh-CN/reading.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { MyBallot } from "#app/ui/my-ballot.tsx";
import styles from "#app/ui/my-ballot.css?url";
import { useReply } from "#app/ui/reply.ts";
import { signBallot } from "#app/use-cases/consultation/sign-ballot.server.ts";
import { openingCode } from "#app/use-cases/consultation/verify-receipt.server.ts";
import { listBallotsOfFlat, listRoll } from "#db/queries/ballots.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { findPlanOf } from "#db/queries/plans.server.ts";
import { listNotices } from "#db/queries/notices.server.ts";
import { listSigners, readStandings } from "#db/queries/own-record.server.ts";

export const handle: RouteHandle = { policy: "owner-on-roll", scripts: true };

export const links: LinksFunction = () => [{ rel: "stylesheet", href: styles }];

export const meta: MetaFunction = () => [{ title: site.title(me.ballot.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const consultation = await findConsultation(context.db, params["code"] ?? "");
  if (!consultation || !context.actor) throw new Response(null, { status: 404 });
  const mine = flatsOf(context.actor);
  const flats = await listRoll(context.db, consultation.id, mine);
  const search = new URL(request.url).searchParams;
  const room = flats.find(({ unit }) => unit === search.get("room"))?.unit ?? flats[0]?.unit;
  if (room === undefined) throw new Response(null, { status: 404 });
  const { id, code, scope, community, entrance, committeePhone, ruleset, closesAt, closedAt } = consultation;
  const asked = search.get("choice");
  const [all, signers, standings, notices, plan] = await Promise.all([
    listBallotsOfFlat(context.db, id, room),
    listSigners(context.db, id, room),
    readStandings(context.db, context.actor.accountId),
    listNotices(context.db, { consultationId: id }),
    findPlanOf(context.db, id),
  ]);
  const standing = standings.get(flats.find(({ unit }) => unit === room)?.flatId ?? 0);
  const history = all.filter(({ castAt }) => standing && maySee(castAt, standing));
  const { accountId } = context.actor;
  const opening = notices.find(({ kind, withdraws, withdrawnBy }) => kind === "opening" && withdraws === null && withdrawnBy === null);
  const receipt = history.find(({ counts }) => counts)?.receipt;
  return {
    consultation: { code, committeePhone, closesAt },
    matter: {
      scope, community, entrance, closesAt,
      passes: ruleSentence(ruleset),
      source: ruleset.source,
      plan: plan ?? null,
      notice: opening ? { id: opening.id, title: opening.title } : null,
    },
    open: closedAt === null && context.now <= closesAt,
    rooms: flats.map(({ unit }) => unit),
    room,
    read: search.get("step") === "choose",
    // The page before the last: what is about to be cast, to be read once more.
    chosen: choices.find((choice): choice is Choice => choice === asked) ?? null,
    newest: all[0]?.seq ?? 0,
    // A ballot from before the person came to the flat counts, and is the former owner's secret.
    former: all.find(({ counts }) => counts) !== undefined && !history.some(({ counts }) => counts),
    undone: search.has("undone") ? ("undone" as const) : search.has("late") ? ("late" as const) : null,
    opening: receipt ? openingCode(context.vault, receipt) : null,
    history: history.map(({ seq, choice, channel, castAt, receipt, end, counts, checkedAt }) => {
      const signer = signers.get(seq);
      const until = new Date(castAt.getTime() + UNDO_MINUTES * 60_000);
      const mine = signer?.accountId === accountId;
      return {
        seq, choice, channel, castAt, receipt, end, counts,
        by: mine ? ("me" as const) : (signer?.phone ?? null),
        checked: checkedAt !== null && end !== "disagreed",
        signed: (signer?.signature ?? null) !== null,
        signature: mine ? signer.signature : null,
        undoUntil: mine && end === null && context.now < until ? until : null,
      };
    }),
    stairwell: consultation.stairwell,
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  if (!context.actor) throw new Response(null, { status: 403 });
  const form = await readForm(request, onlineBallotForm);
  if (!form.ok) return replyTo(form.reply);
  const consultation = params["code"] ?? "";
  const { signature, ...ballot } = form.data;
  const cast = await signBallot(context, {
    consultation,
    ...ballot,
    drawing: signature ? Buffer.from(signature, "base64") : null,
    channel: "online",
    flatIds: flatsOf(context.actor),
    accountId: accountOf(context),
    formKey: form.formKey,
  });
  return cast.ok ? redirect(`${paths.myBallot(consultation, form.data.room)}#receipt`) : refusal(form, cast.problem);
}

export default function Ballot() {
  const reply = useReply();
  return <MyBallot {...useLoaderData<typeof loader>()} reply={reply} />;
}
