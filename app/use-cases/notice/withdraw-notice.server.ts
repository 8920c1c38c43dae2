import { whyReasonIsRefused } from "#app/domain/consultation.ts";
import { listOwnerNames } from "#db/queries/consultations.server.ts";
import { appendLog, lockChain, touchPages } from "#db/queries/log.server.ts";
import { findNotice, insertNotice, listOwnerNamesAt } from "#db/queries/notices.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface NoticeWithdrawal {
  notice: number;
  reason: string;
  /** The title of the entry that says so, from that of the notice. */
  title: (of: string) => string;
  accountId: number;
  formKey: string;
}

/**
 * Takes a published notice back by a new one that gives the reason; the first stays as it is.
 *
 * Refusals: `notice_unknown`, `notice_withdrawn`, `reason_names_owner`.
 */
export function withdrawNotice(deps: Deps, { notice: id, reason, title, accountId, formKey }: NoticeWithdrawal): Promise<Outcome<{ notice: number }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `withdraw notice ${id}` }, async (tx) => {
    const place = await findNotice(tx, id);
    if (!place) refuse({ code: "notice_unknown" });
    const { stairwellId, subdistrictId, consultationId, kind } = place;
    const chain = await lockChain(tx, stairwellId);
    // Read again under the chain, by which two withdrawals stand in one order.
    const held = await findNotice(tx, id);
    if (!held || held.withdrawnBy !== null || held.withdraws !== null) refuse({ code: "notice_withdrawn" });
    const named = whyReasonIsRefused(reason, consultationId === null ? await listOwnerNamesAt(tx, stairwellId) : await listOwnerNames(tx, consultationId));
    if (named) refuse(named);

    const inserted = await insertNotice(tx, {
      subdistrictId, stairwellId, consultationId, kind, withdraws: id,
      title: title(held.title), body: reason, remark: null, days: null, endsOn: null,
      draftedAt: now, draftedBy: accountId, publishedAt: now, publishedBy: accountId,
    });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "notice-withdrawn",
      subject: `notice:${id}`,
      content: { notice: id, number: inserted.number, reason },
    }, chain);
    await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
    return { notice: inserted.id };
  });
}
