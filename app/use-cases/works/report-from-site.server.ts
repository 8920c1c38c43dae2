import { worksOf } from "#app/domain/milestones.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { reportDay, whyReportIsRefused, type SiteReportGiven } from "#app/domain/site-report.ts";
import type { Tx } from "#db/client.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { insertReport, insertReportPhoto, lockProject, readWorks } from "#db/queries/works.server.ts";
import { digestOf } from "../digest.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import { recordPhoto } from "../photo/add-photos.server.ts";
import { recordEvidence } from "../stage/record-evidence.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface SiteReportSent extends SiteReportGiven {
  stairwell: string;
  photos: readonly Uint8Array[];
  accountId: number;
  formKey: string;
}

/**
 * Takes in what a contractor reports from the site: that a milestone goes on or is done, or that the works stand still,
 * with photos and what a daily report (施工日报) says. A milestone that is done counts once somebody else has confirmed
 * it. The first report is the start of the works, where no other is on record.
 *
 * Refusals: `stairwell_unknown`, FileFault at `photos`, those of `whyReportIsRefused`; a refused report leaves no photo.
 */
export async function reportFromSite(deps: FileDeps, { photos, ...report }: SiteReportSent): Promise<Outcome<{ reportId: number }>> {
  const place = await findPlace(deps.db, report.stairwell);
  if (!place) return { ok: false, problem: { code: "stairwell_unknown" } };
  const { stairwellId, subdistrictId } = place;
  const { accountId, formKey } = report;
  return withStoredFiles(deps, { files: photos, at: "photos", kind: "photo", subdistrictId, accountId }, (files) =>
    transact(deps, { key: formKey, action: `site report ${report.stairwell}` }, async (tx) =>
      record(tx, deps, { ...report, stairwellId, subdistrictId, files: files.map(({ fileId }) => fileId) }),
    ),
  );
}

type Recorded = Omit<SiteReportSent, "photos"> & { stairwellId: number; subdistrictId: number; files: readonly string[] };

async function record(tx: Tx, { vault, now }: Deps, report: Recorded): Promise<{ reportId: number }> {
  const { stairwellId, subdistrictId, accountId, files, kind, milestone, work, problems, tomorrow, people = null } = report;
  const today = shanghaiDay(now);
  const onDay = reportDay(report.onDay, today);
  const { stage, sideState, startedOn } = await lockProject(tx, stairwellId);
  const facts = await readWorks(tx, stairwellId);
  const works = facts && worksOf(facts.plan, facts.reports, today);
  const problem = whyReportIsRefused({ stage, sideState, works }, { ...report, onDay, photos: files.length });
  if (problem) refuse(problem);

  const isFirst = facts?.reports.length === 0 && startedOn === null;
  if (isFirst) await recordEvidence(tx, now, { stairwellId, kind: "start-date", day: onDay, account: accountId });
  const name = works?.milestones.find(({ code }) => code === milestone)?.name ?? milestone;
  const stopped = kind === "stopped";
  const words = work || problems || tomorrow ? vault.seal(JSON.stringify({ work, problems, tomorrow })) : null;
  const written = {
    milestone, kind, onDay, people,
    cause: report.cause ?? null,
    owner: stopped ? (report.nextOwner ?? null) : null,
    nextDay: stopped ? (report.nextDay ?? null) : null,
  };
  const reportId = await insertReport(tx, { ...written, subdistrictId, stairwellId, wordsCipher: words, accountId, at: now });
  for (const fileId of files) {
    await recordPhoto(tx, { fileId, stairwellId, subdistrictId, caption: name, accountId, at: now });
    await insertReportPhoto(tx, { fileId, reportId, subdistrictId });
  }
  await appendLog(tx, {
    stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
    verb: "site-reported",
    subject: `site-report:${reportId}`,
    content: { ...written, words: digestOf(words), photos: [...files] },
  });
  await touchPages(tx, [`stairwell:${stairwellId}`]);
  return { reportId };
}
