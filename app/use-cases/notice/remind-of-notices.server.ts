import { daysLeft, isEndNear } from "#app/domain/notice-clock.ts";
import { endOfReminding } from "#app/domain/reminder.ts";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { withTransaction } from "#db/client.server.ts";
import { appendLog, lockChain } from "#db/queries/log.server.ts";
import { findNotice, insertNoticeReminder, isReminded, listOwnerPhonesAt, listRunningNotices } from "#db/queries/notices.server.ts";
import { queueMessage } from "../outbox/queue-message.server.ts";
import type { Deps } from "../transact.server.ts";

export interface NoticeReminderWords {
  ends: (about: { home: string; until: string }) => string;
  /** How a message names a day. */
  day: (day: string) => string;
}

/**
 * Reminds the owners of a stairwell whose plan's notice runs out soon, each phone once and by day only. Run again, or by
 * two at once, it sends nothing more.
 *
 * @param onFailure is told of each notice that could not be recalled; the others are
 * @returns how many messages it put into the outbox
 */
export async function remindOfNotices(deps: Deps, words: NoticeReminderWords, onFailure: (noticeId: number, error: Error) => void): Promise<number> {
  let messages = 0;
  // More than the days of reminding, so that the rule alone says which are due.
  for (const { id } of await listRunningNotices(deps.db, { endsBy: addDays(shanghaiDay(deps.now), 7) })) {
    try {
      messages += await remind(deps, words, id);
    } catch (error) {
      onFailure(id, error as Error);
    }
  }
  return messages;
}

function remind(deps: Deps, words: NoticeReminderWords, noticeId: number): Promise<number> {
  const { db, vault, now } = deps;
  return withTransaction(db, async (tx) => {
    const place = await findNotice(tx, noticeId);
    if (!place) return 0;
    const { stairwellId, subdistrictId, community, entrance } = place;
    const chain = await lockChain(tx, stairwellId);
    const notice = await findNotice(tx, noticeId);
    if (!notice?.endsOn || notice.withdrawnBy !== null || !isEndNear(notice.endsOn, now) || (await isReminded(tx, noticeId))) return 0;
    const phones = await listOwnerPhonesAt(tx, stairwellId);
    await insertNoticeReminder(tx, { noticeId, subdistrictId, daysLeft: daysLeft(notice.endsOn, now), messages: phones.length, at: now });
    const about = { home: `${community} ${entrance}`, until: words.day(notice.endsOn) };
    for (const phone of phones) {
      await queueMessage(tx, deps, { kind: "plan-notice-ends", phone: vault.open(phone), subdistrictId, text: words.ends(about), params: about, expiresAt: endOfReminding(now) });
    }
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: "portal",
      verb: "notice-reminded",
      subject: `notice:${noticeId}`,
      content: { messages: phones.length },
    }, chain);
    return phones.length;
  });
}
