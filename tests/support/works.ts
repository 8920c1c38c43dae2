import { planFrom } from "#app/domain/milestones.ts";
import { settingDefaults } from "#app/domain/setting-defaults.ts";
import { addDays, startOfDay } from "#app/domain/shanghai-day.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import { decideMilestone } from "#app/use-cases/works/decide-milestone.server.ts";
import { planWorks } from "#app/use-cases/works/plan-works.server.ts";
import { reportFromSite, type SiteReportSent } from "#app/use-cases/works/report-from-site.server.ts";
import { done } from "./consultations.ts";
import type { TestDatabase } from "./database.ts";
import { createAccount, createStairwell, formKey, testVault, type StairwellShape, type TestStairwell } from "./factories.ts";
import { photo } from "./files.ts";

export interface TestSite {
  stairwell: TestStairwell;
  clerk: number;
  contractor: number;
  agent: number;
  /** The dependencies at ten in the morning, so many days after the planned start. */
  on: (days: number) => FileDeps;
  plan: ReturnType<typeof planFrom>;
  /** Reports on M0 unless told, with one photo for `done`. */
  report: (days: number, given?: Partial<SiteReportSent>) => ReturnType<typeof reportFromSite>;
  confirm: (days: number, reportId: number) => ReturnType<typeof decideMilestone>;
}

/** The day on which the works of a test site begin by their plan. */
export const PLANNED_START = "2026-12-01";

/** A stairwell under construction with the people of its site, planned by the template. */
export async function createSite(database: TestDatabase, shape: StairwellShape & { planned?: boolean } = {}): Promise<TestSite> {
  const { db } = database;
  const stairwell = await createStairwell(db, { stage: "construction", ...shape });
  const { subdistrictId, stairwellId, committeeId, code } = stairwell;
  const clerk = await createAccount(db, "committee", { subdistrictId, scopeId: committeeId });
  const contractor = await createAccount(db, "contractor", { subdistrictId, scopeId: stairwellId });
  const agent = await createAccount(db, "agent", { subdistrictId, scopeId: stairwellId });
  const on = (days: number): FileDeps => ({
    db, vault: testVault, storage: database.storage, now: new Date(startOfDay(addDays(PLANNED_START, days)).getTime() + 10 * 3_600_000),
  });
  const plan = planFrom(settingDefaults.milestones[0].value, PLANNED_START);
  if (shape.planned ?? true) {
    const [start, end] = [plan.map((one) => one.start), plan.map((one) => one.end)];
    await done(planWorks(on(-10), { stairwell: code, start, end, reason: null, accountId: clerk, formKey: formKey() }));
  }
  return {
    stairwell, clerk, contractor, agent, on, plan,
    async report(days, given = {}) {
      const kind = given.kind ?? "working";
      const photos = kind === "done" ? [await photo({ width: 120, height: 90, seed: days })] : [];
      const base = { stairwell: code, kind, milestone: "M0", photos, accountId: contractor, formKey: formKey(), onDay: undefined, cause: undefined, nextOwner: undefined, nextDay: undefined, people: undefined, work: undefined, problems: undefined, tomorrow: undefined };
      return reportFromSite(on(days), { ...base, ...given });
    },
    confirm: (days, reportId) =>
      decideMilestone(on(days), { stairwell: code, reportId, verdict: "confirmed", reason: undefined, board: undefined, accountId: clerk, formKey: formKey() }),
  };
}
