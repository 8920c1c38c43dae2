import { whyReasonIsRefused } from "#app/domain/consultation.ts";
import { noticeEnds } from "#app/domain/notice-clock.ts";
import { RESULT_DAYS, whyNoticeIsRefused, type ConsultationNotice } from "#app/domain/notice.ts";
import { listOwnerNames, lockConsultation } from "#db/queries/consultations.server.ts";
import { appendLog, lockChain, touchPages } from "#db/queries/log.server.ts";
import { insertNotice } from "#db/queries/notices.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { readDraft, type DraftFacts } from "./read-draft.server.ts";

export interface NoticePublication {
  consultation: string;
  kind: ConsultationNotice;
  remark?: string | undefined;
  /** What the draft that the clerk has read spoke of. */
  seen: string;
  /** Writes the text of the notice from what the public may know. */
  write: (kind: ConsultationNotice, facts: DraftFacts) => { title: string; body: string };
  accountId: number;
  formKey: string;
}

/**
 * Publishes a notice of a consultation, drafted from its data, under the next number of its stairwell. It never changes.
 *
 * Refusals: those of `whyNoticeIsRefused`, `reason_names_owner` (at the remark).
 */
export function publishNotice(deps: Deps, { consultation: code, kind, remark, seen, write, accountId, formKey }: NoticePublication): Promise<Outcome<{ notice: number }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `publish notice ${code} ${kind}` }, async (tx) => {
    const held = await lockConsultation(tx, code, "update");
    const facts = held && (await readDraft(tx, { stairwell: held.stairwell, consultation: code, now }));
    if (!facts) refuse({ code: "notice_not_due" });
    const problem = whyNoticeIsRefused(kind, facts.state, { seen, now: facts.seen });
    if (problem) refuse(problem);
    const named = whyReasonIsRefused(remark ?? "", await listOwnerNames(tx, held.id));
    if (named) refuse({ ...named, at: "remark" });

    const { id: consultationId, stairwellId, subdistrictId } = held;
    const chain = await lockChain(tx, stairwellId);
    const { title, body } = write(kind, facts);
    const days = kind === "result" ? RESULT_DAYS : null;
    const { id, number } = await insertNotice(tx, {
      subdistrictId, stairwellId, consultationId, kind, title, body, days,
      remark: remark ?? null, withdraws: null,
      draftedAt: now, draftedBy: accountId, publishedAt: now, publishedBy: accountId,
      endsOn: days === null ? facts.consultation.closesOn : noticeEnds(now, days),
    });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "notice-published",
      subject: `notice:${id}`,
      content: { consultation: code, kind, number, title, body, remark: remark ?? null },
    }, chain);
    await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
    return { notice: id };
  });
}
