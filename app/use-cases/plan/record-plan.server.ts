import { firmStanding } from "#app/domain/firm.ts";
import { whyPlanIsRefused, type PlanTerms } from "#app/domain/plan.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { holdFile, listContents, markPublic } from "#db/queries/files.server.ts";
import { findFirm } from "#db/queries/firms.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { insertPlanVersion } from "#db/queries/plans.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import { byAccount, refuse, transact, type Outcome } from "../transact.server.ts";
import { lockPlans } from "./lock-plans.server.ts";

export interface PlanRecording extends PlanTerms {
  stairwell: string;
  /** Of the plan that gets a new version; null for a new plan. */
  number: number | null;
  /** The version that the page showed; 0 for a new plan. */
  seen: number;
  make: string;
  model: string;
  months: number;
  about: string | null;
  changed: string | null;
  /** A drawing, and whether somebody has looked that it names nobody; without one a new version keeps that of the last. */
  drawing: Uint8Array | null;
  checked: boolean;
  accountId: number;
  formKey: string;
}

/**
 * Records a plan of a stairwell, or a new version of one: a version never changes, and everybody sees it and its drawing
 * at once. What is voted on at the moment gets no new version.
 *
 * Refusals: `stairwell_unknown`, those of `whyPlanIsRefused`, FileFault at `drawing`.
 */
export async function recordPlan(
  deps: FileDeps,
  { stairwell, number, seen, drawing, checked, changed, accountId, formKey, ...terms }: PlanRecording,
): Promise<Outcome<{ number: number; version: number }>> {
  const place = await findPlace(deps.db, stairwell);
  if (!place) return { ok: false, problem: { code: "stairwell_unknown" } };
  const { subdistrictId } = place;
  const files = drawing === null ? [] : [drawing];
  const action = `plan ${stairwell} ${number} ${seen} ${JSON.stringify(terms)}`;
  return withStoredFiles(deps, { files, at: "drawing", kind: "document", subdistrictId, accountId }, ([stored]) =>
    transact(deps, { key: formKey, action }, async (tx) => {
      const held = await lockPlans(tx, stairwell);
      if (!held) refuse({ code: "stairwell_unknown" });
      const { stairwellId, plans } = held;
      const firm = await findFirm(tx, subdistrictId, terms.firmId);
      const standing = firm && { kind: firm.kind, standing: firmStanding(firm, shanghaiDay(deps.now)) };
      const problem = whyPlanIsRefused({ ...held, firm: standing }, { ...terms, changed, hasDrawing: stored !== undefined, checked }, number, seen);
      if (problem) refuse(problem);
      if (stored) {
        if (!(await holdFile(tx, { fileId: stored.fileId, kind: "document", subdistrictId }))) refuse({ code: "file_store_away", at: "drawing" });
        await markPublic(tx, { fileId: stored.fileId, at: deps.now, accountId });
      }
      const before = plans.find((plan) => plan.number === number)?.newest;
      const named = { number: before?.number ?? Math.max(0, ...plans.map((plan) => plan.number)) + 1, version: (before?.version ?? 0) + 1 };
      const version = {
        ...named, ...terms,
        agent: firm?.name ?? "",
        drawing: stored?.fileId ?? before?.drawing ?? null,
        changed: before ? changed : null,
      };
      const id = await insertPlanVersion(tx, { ...version, subdistrictId, stairwellId, accountId, at: deps.now });
      const pages = version.drawing === null ? [] : await listContents(tx, version.drawing);
      await appendLog(tx, {
        stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
        verb: "plan-recorded",
        subject: `plan:${id}`,
        content: { ...version, drawingPages: pages.map(({ sha256 }) => sha256.toString("hex")).sort() },
      });
      await touchPages(tx, [`stairwell:${stairwellId}`]);
      return named;
    }),
  );
}
