import { isOver } from "#app/domain/notice-clock.ts";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { withTransaction } from "#db/client.server.ts";
import { appendLog, lockChain, touchPages } from "#db/queries/log.server.ts";
import { findNotice, insertNoticeEnd, listRunningNotices } from "#db/queries/notices.server.ts";
import { countOpinions } from "#db/queries/opinions.server.ts";
import type { Deps } from "../transact.server.ts";

/**
 * Writes down for each notice whose period is over that it is, with the number of opinions, which everybody learns from
 * then on; each in a transaction of its own. Run again, or by two at once, it finds nothing more to do.
 *
 * @param onFailure is told of each notice that could not be ended; the others are
 * @returns how many it ended
 */
export async function endOverNotices(deps: Deps, onFailure: (noticeId: number, error: Error) => void): Promise<number> {
  let ended = 0;
  for (const { id } of await listRunningNotices(deps.db, { endsBy: addDays(shanghaiDay(deps.now), -1) })) {
    try {
      if (await end(deps, id)) ended++;
    } catch (error) {
      onFailure(id, error as Error);
    }
  }
  return ended;
}

function end({ db, now }: Deps, noticeId: number): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    const place = await findNotice(tx, noticeId);
    if (!place) return false;
    const { stairwellId, subdistrictId, number } = place;
    const chain = await lockChain(tx, stairwellId);
    // Read again under the chain: it may have been taken back in the meantime.
    const notice = await findNotice(tx, noticeId);
    if (!notice?.endsOn || notice.withdrawnBy !== null || !isOver(notice.endsOn, now)) return false;
    const { opinions, objections } = await countOpinions(tx, noticeId);
    if (!(await insertNoticeEnd(tx, { noticeId, subdistrictId, opinions, objections, at: now }))) return false;
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: "portal",
      verb: "notice-ended",
      subject: `notice:${noticeId}`,
      content: { number, opinions, objections },
    }, chain);
    await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
    return true;
  });
}
