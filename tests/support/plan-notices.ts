import { stageNotices } from "#app/i18n/zh-CN/stage-notices.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import { seenOf } from "#app/use-cases/digest.server.ts";
import { publishStageNotice } from "#app/use-cases/notice/publish-stage-notice.server.ts";
import { readStageDraft } from "#app/use-cases/notice/read-stage-draft.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "./consultations.ts";
import type { TestDatabase } from "./database.ts";
import { formKey } from "./factories.ts";
import { photo } from "./files.ts";

export interface PassedPlan extends OpenedConsultation {
  /** The dependencies of a use case at a moment. */
  at(moment: string | Date): FileDeps;
  /** Publishes the plan's notice, with a drawing unless told otherwise. */
  announce(at: FileDeps, change?: { drawings?: readonly Uint8Array[]; looked?: boolean; seen?: string; remark?: string; formKey?: string }): ReturnType<typeof publishStageNotice>;
}

/** A stairwell whose consultation passed, opened on 21 November 2026 and published on the 29th, now at the notice of its plan. */
export async function passedPlan(database: TestDatabase, shape: Parameters<typeof openedConsultation>[1] = {}): Promise<PassedPlan> {
  const { db, storage } = database;
  const opened = await openedConsultation(db, { floors: 2, ...shape });
  for (const { room } of opened.stairwell.flats) await done(opened.cast(room, "agree"));
  await done(opened.close());
  await done(opened.certify());
  await done(opened.publish());
  await db.updateTable("project").set({ stage: "plan-notice" }).where("stairwellId", "=", opened.stairwell.stairwellId).execute();
  const stairwell = opened.stairwell.code;
  return {
    ...opened,
    at: (moment) => ({ ...opened.deps, storage, now: new Date(moment) }),
    async announce(deps, { drawings, looked = true, seen, remark, formKey: key = formKey() } = {}) {
      const facts = await readStageDraft(db, { stairwell, now: deps.now });
      if (!facts) throw new Error("no draft");
      return publishStageNotice(deps, {
        stairwell, kind: "plan", remark, looked,
        seen: seen ?? seenOf(stageNotices.draft("plan", facts)),
        drawings: drawings ?? [await photo()],
        caption: stageNotices.drawing,
        write: (draft) => stageNotices.draft("plan", draft),
        accountId: opened.clerk, formKey: key,
      });
    },
  };
}
