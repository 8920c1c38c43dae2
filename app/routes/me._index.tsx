import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { maySee } from "#app/domain/own-record.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { newFormKey } from "#app/http/forms.server.ts";
import { flatsOf, type RouteHandle } from "#app/http/who-may.server.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { MyFlats } from "#app/ui/my-flats.tsx";
import { openingCode } from "#app/use-cases/consultation/verify-receipt.server.ts";
import { listMyConsultations, listMyFlats } from "#db/queries/accounts.server.ts";
import { listIntentHistory } from "#db/queries/desk.server.ts";
import { findRemindersOff } from "#db/queries/reminders.server.ts";
import { listMyMessages, listMyReceipts, readStandings } from "#db/queries/own-record.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const meta: MetaFunction = () => [{ title: site.title(me.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const mine = context.actor ? flatsOf(context.actor) : [];
  const accountId = accountOf(context);
  const [flats, consultations, standings, messages, remindersOff, receipts, filings] = await Promise.all([
    listMyFlats(context.db, mine),
    listMyConsultations(context.db, mine, context.now),
    readStandings(context.db, accountId),
    listMyMessages(context.db, accountId),
    findRemindersOff(context.db, accountId),
    listMyReceipts(context.db, mine),
    listIntentHistory(context.db, { flatIds: mine }),
  ]);
  const sees = (flatId: number, at: Date | null) => at !== null && maySee(at, standings.get(flatId) ?? { boundAt: context.now, periods: [] });
  return {
    name: context.actor?.name ?? "",
    reminded: remindersOff === null,
    formKey: newFormKey(),
    receipts: receipts.flatMap(({ flatId, castAt, ...ballot }) => (sees(flatId, castAt) ? [{ ...ballot, opening: openingCode(context.vault, ballot.receipt) }] : [])),
    messages: messages.map(({ id, kind, createdAt }) => ({ id, kind, at: createdAt.toISOString() })),
    // What a former owner wished is theirs.
    flats: flats.map(({ intentAt, ...flat }) => ({
      ...flat,
      intent: sees(flat.id, intentAt) ? flat.intent : flat.intent && ("former" as const),
      consultations: consultations.filter(({ flatId }) => flatId === flat.id),
      filings: filings.filter(({ flatId, filedAt }) => flatId === flat.id && sees(flatId, filedAt)).map(({ flatId: _, filedBy: __, ...filing }) => filing),
    })),
  };
}

export default function Me() {
  return <MyFlats {...useLoaderData<typeof loader>()} />;
}
