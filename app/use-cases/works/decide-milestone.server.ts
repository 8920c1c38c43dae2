import { worksOf } from "#app/domain/milestones.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { whyDecisionIsRefused, type MilestoneDecision } from "#app/domain/site-report.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { findReportToDecide, insertDecision, listReportPhotos, lockProject, readWorks } from "#db/queries/works.server.ts";
import { recordEvidence } from "../stage/record-evidence.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Holds the report of a finished milestone against its photos: confirmed it counts as reached, returned the works go on.
 * Never decided by whoever reported it.
 * Where the photos of the first milestone show the site board, that goes on record for the project's next step.
 *
 * Refusals: `stairwell_unknown`, those of `whyDecisionIsRefused`.
 */
export function decideMilestone(
  deps: Deps,
  { stairwell, reportId, verdict, board, reason, accountId, formKey }: MilestoneDecision & { stairwell: string; accountId: number; formKey: string },
): Promise<Outcome<{ milestone: string }>> {
  return transact(deps, { key: formKey, action: `${verdict} site report ${reportId}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = place;
    await lockProject(tx, stairwellId);
    const found = await findReportToDecide(tx, { reportId, stairwellId });
    const facts = await readWorks(tx, stairwellId);
    const standing = facts && worksOf(facts.plan, facts.reports, shanghaiDay(deps.now)).milestones.find(({ code }) => code === found?.milestone);
    const photos = await listReportPhotos(tx, reportId);
    const problem = whyDecisionIsRefused(
      found && { ...found, isDecided: Boolean(found.isDecided), isNewest: standing?.report === reportId, photos: photos.length },
      { verdict, reason, accountId },
    );
    if (!found || problem) refuse(problem ?? { code: "report_unknown" });

    if (verdict === "confirmed" && board && facts?.plan[0]?.code === found.milestone) {
      await recordEvidence(tx, deps.now, { stairwellId, kind: "site-board", day: found.onDay, fileId: photos[0], account: accountId });
    }
    const why = verdict === "returned" ? (reason ?? null) : null;
    await insertDecision(tx, { reportId, reportedBy: found.accountId, subdistrictId, verdict, reason: why, accountId, at: deps.now });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: `milestone-${verdict}`,
      subject: `site-report:${reportId}`,
      content: { milestone: found.milestone, reason: why, photos },
    });
    await touchPages(tx, [`stairwell:${stairwellId}`]);
    return { milestone: found.milestone };
  });
}
