import { endOfReminding, isReminderDue, whyReminderIsRefused } from "#app/domain/reminder.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { lockConsultation } from "#db/queries/consultations.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { insertReminder, listReminders, listUnreturned } from "#db/queries/reminders.server.ts";
import { readSetting } from "#db/queries/settings.server.ts";
import { queueMessage } from "../outbox/queue-message.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { whomToRemind, type Home } from "./whom-to-remind.server.ts";

export interface ReminderWords {
  message: (about: { home: string; until: string }) => string;
  /** How a message names the homes of one owner. */
  nameHomes: (homes: readonly Home[]) => string;
  nameDeadline: (closesAt: Date) => string;
}

/** A clerk at any hour that is no night; the portal on its days alone. */
export type Reminding = { consultation: string; words: ReminderWords } & ({ accountId: number; formKey: string } | { accountId: null });

/**
 * Reminds the owners who have not returned a ballot, by a message to each of their phones, the same number of times for
 * all: twice at most. Two at the same moment remind once. Who has or has not voted is told to nobody else.
 *
 * Refusals: those of `whyReminderIsRefused`, `reminder_not_due`, `nobody_to_remind`.
 */
export function remindOwners(deps: Deps, { consultation: code, words, ...by }: Reminding): Promise<Outcome<{ messages: number }>> {
  const { vault, now } = deps;
  const { accountId } = by;
  const form = accountId === null ? null : { key: by.formKey, action: `remind ${code}` };
  return transact(deps, form, async (tx) => {
    // Shared, for ballots go on meanwhile; the number settles who of two reminds.
    const consultation = await lockConsultation(tx, code, "share");
    if (!consultation) refuse({ code: "reminder_too_late" });
    const { id: consultationId, subdistrictId, stairwellId, closesAt } = consultation;
    const sent = (await listReminders(tx, consultationId)).map(({ at }) => at);
    const problem = whyReminderIsRefused(consultation, sent, now);
    if (problem) refuse(problem);
    if (accountId === null) {
      const days = await readSetting(tx, subdistrictId, "reminders", shanghaiDay(now));
      if (!isReminderDue(consultation, { days, sent }, now)) refuse({ code: "reminder_not_due" });
    }
    const { phones } = whomToRemind(vault, await listUnreturned(tx, consultationId));
    if (phones.size === 0) refuse({ code: "nobody_to_remind" });

    const [number, messages] = [sent.length + 1, phones.size];
    if (!(await insertReminder(tx, { consultationId, subdistrictId, number, messages, accountId, at: now }))) refuse({ code: "reminded_today" });
    const until = words.nameDeadline(closesAt);
    // Tried again later than that it would ring at night, or after the deadline.
    const expiresAt = new Date(Math.min(closesAt.getTime(), endOfReminding(now).getTime()));
    for (const [phone, homes] of phones) {
      const home = words.nameHomes(homes);
      await queueMessage(tx, deps, { kind: "ballot-reminder", phone, subdistrictId, text: words.message({ home, until }), params: { home, until }, expiresAt });
    }
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: accountId === null ? "portal" : byAccount(accountId),
      verb: "consultation-reminded",
      subject: `consultation:${consultationId}`,
      content: { consultation: code, number, messages },
    });
    return { messages };
  });
}
