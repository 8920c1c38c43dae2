import { whyReasonIsRefused } from "#app/domain/consultation.ts";
import type { StageNotice } from "#app/domain/notice.ts";
import { noticeEnds, PLAN_PERIOD } from "#app/domain/notice-clock.ts";
import { whyStageNoticeIsRefused } from "#app/domain/stage-notice.ts";
import { holdFile, markPublic } from "#db/queries/files.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { lockProject } from "#db/queries/intents.server.ts";
import { appendLog, lockChain, touchPages } from "#db/queries/log.server.ts";
import { insertNotice, insertNoticeFile, listOwnerNamesAt } from "#db/queries/notices.server.ts";
import { seenOf } from "../digest.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import { byAccount, refuse, transact, type Outcome } from "../transact.server.ts";
import { readStageDraft, type StageDraftFacts } from "./read-stage-draft.server.ts";

export interface NoticeText {
  title: string;
  body: string;
}

export interface StageNoticePublication {
  stairwell: string;
  kind: StageNotice;
  remark?: string | undefined;
  /** Stands for the draft that the clerk has read, as `seenOf` says. */
  seen: string;
  /** Whether somebody has looked that the drawings say nothing about a person. */
  looked: boolean;
  drawings: readonly Uint8Array[];
  /** Names a drawing for who cannot see it. */
  caption: string;
  /** Writes the text from what is on record, or hands on the clerk's own. */
  write: (facts: StageDraftFacts) => NoticeText;
  accountId: number;
  formKey: string;
}

/**
 * Publishes a notice of a project's stage under the next number of its stairwell; it never changes. That of a plan is
 * posted for ten days and takes opinions for seven more, and comes with its drawing.
 *
 * Refusals: `stairwell_unknown`, those of `whyStageNoticeIsRefused`, `reason_names_owner` (at remark or body), FileFault at `drawings`.
 */
export async function publishStageNotice(deps: FileDeps, publication: StageNoticePublication): Promise<Outcome<{ notice: number }>> {
  const { stairwell, kind, remark, seen, looked, drawings, caption, write, accountId, formKey } = publication;
  const { now } = deps;
  const place = await findPlace(deps.db, stairwell);
  if (!place) return { ok: false, problem: { code: "stairwell_unknown" } };
  const { stairwellId, subdistrictId } = place;
  return withStoredFiles(deps, { files: drawings, at: "drawings", kind: "document", subdistrictId, accountId }, (files) =>
    transact(deps, { key: formKey, action: `publish notice ${stairwell} ${kind}` }, async (tx) => {
      await lockProject(tx, stairwellId);
      const chain = await lockChain(tx, stairwellId);
      const facts = await readStageDraft(tx, { stairwell, now });
      if (!facts) refuse({ code: "stairwell_unknown" });
      const text = write(facts);
      const problem = whyStageNoticeIsRefused(kind, facts.state, { seen, now: seenOf(text), drawings: files.length, looked });
      if (problem) refuse(problem);
      const owners = await listOwnerNamesAt(tx, stairwellId);
      const named = whyReasonIsRefused(remark ?? "", owners, "remark") ?? (kind === "other" ? whyReasonIsRefused(text.title + text.body, owners, "body") : null);
      if (named) refuse(named);

      const period = kind === "plan" ? { days: PLAN_PERIOD.posting + PLAN_PERIOD.opinions, opinionDays: PLAN_PERIOD.opinions } : { days: null };
      const { id, number } = await insertNotice(tx, {
        ...text, ...period, subdistrictId, stairwellId, kind,
        consultationId: kind === "plan" ? facts.consultationId : null,
        remark: remark ?? null, withdraws: null,
        draftedAt: now, draftedBy: accountId, publishedAt: now, publishedBy: accountId,
        endsOn: period.days === null ? null : noticeEnds(now, period.days),
      });
      for (const { fileId } of files) {
        if (!(await holdFile(tx, { fileId, kind: "document", subdistrictId }))) refuse({ code: "file_store_away", at: "drawings" });
        await insertNoticeFile(tx, { fileId, subdistrictId, noticeId: id, role: "drawing", caption, accountId, at: now });
        await markPublic(tx, { fileId, at: now, accountId });
      }
      await appendLog(tx, {
        stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
        verb: "notice-published",
        subject: `notice:${id}`,
        content: { kind, number, ...text, remark: remark ?? null, drawings: files.map(({ fileId }) => fileId) },
      }, chain);
      await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
      return { notice: id };
    }),
  );
}
