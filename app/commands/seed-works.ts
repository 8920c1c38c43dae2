import { randomBytes } from "node:crypto";
import { planFrom, type StopCause } from "#app/domain/milestones.ts";
import { settingDefaults } from "#app/domain/setting-defaults.ts";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import type { Outcome } from "#app/use-cases/transact.server.ts";
import { decideMilestone } from "#app/use-cases/works/decide-milestone.server.ts";
import { planWorks } from "#app/use-cases/works/plan-works.server.ts";
import { reportFromSite } from "#app/use-cases/works/report-from-site.server.ts";
import { demoAccounts } from "#db/seeds/demo.server.ts";
import { drawPhoto } from "./demo-photos.ts";

/** How many days before today the works begin by their plan. */
const BEGAN = 64;

interface Told {
  days: number;
  milestone: string;
  kind?: "done" | "stopped";
  cause?: StopCause;
  people?: number;
  work?: string;
  tomorrow?: string;
}

/** What the contractor of the demo reports: pipes that wait for the gas company, and works six days behind since. */
const REPORTS: readonly Told[] = [
  { days: 63, milestone: "M0" },
  { days: 62, milestone: "M0", kind: "done" },
  { days: 60, milestone: "M1" },
  { days: 52, milestone: "M1", kind: "stopped", cause: "gas" },
  { days: 44, milestone: "M1" },
  { days: 37, milestone: "M1", kind: "done" },
  { days: 35, milestone: "M2" },
  { days: 27, milestone: "M2", kind: "done" },
  { days: 25, milestone: "M3" },
  { days: 13, milestone: "M3", kind: "done" },
  { days: 11, milestone: "M4", cause: "gas" },
  { days: 4, milestone: "M4", people: 6, work: "钢架装到三楼，焊缝打磨。", tomorrow: "装四楼钢架。" },
  { days: 0.3, milestone: "M4", people: 7, work: "四楼钢架就位。", tomorrow: "焊接四楼节点。" },
];

interface Seeding extends FileDeps {
  ago: (days: number) => Date;
  /** Accounts of the demo in their order, the two clerks of each committee first. */
  accounts: readonly number[];
}

/** The works of a stairwell of the demo, planned, reported from the site and confirmed by a clerk or the supervisor. */
export async function seedWorks({ ago, accounts, ...deps }: Seeding, { code: stairwell, committee }: { code: string; committee: number }): Promise<void> {
  const clerk = accounts[committee * 2] ?? 0;
  const contractor = accounts[demoAccounts.findIndex(({ role }) => role === "contractor")] ?? 0;
  const supervisor = accounts[demoAccounts.findIndex(({ role }) => role === "supervisor")] ?? 0;
  const today = shanghaiDay(deps.now);
  const plan = planFrom(settingDefaults.milestones[0].value, addDays(today, -BEGAN));
  const [start, end] = [plan.map((one) => one.start), plan.map((one) => one.end)];
  must(await planWorks({ ...deps, now: ago(BEGAN) }, { stairwell, start, end, reason: null, accountId: clerk, formKey: formKey() }));
  const photo = await drawPhoto("pit");
  for (const { days, milestone, kind = "working", cause, people, work, tomorrow } of REPORTS) {
    const stop = kind === "stopped" ? { nextOwner: "gas" as const, nextDay: addDays(today, -45) } : { nextOwner: undefined, nextDay: undefined };
    const { reportId } = must(
      await reportFromSite({ ...deps, now: ago(days) }, {
        stairwell, kind, milestone, cause, people, work, tomorrow, problems: undefined, onDay: undefined, ...stop,
        photos: kind === "done" ? [photo] : [],
        accountId: contractor,
        formKey: formKey(),
      }),
    );
    if (kind !== "done") continue;
    const seen = { verdict: "confirmed", board: milestone === "M0" ? "yes" : undefined, reason: undefined } as const;
    must(await decideMilestone({ ...deps, now: ago(days - 1) }, { stairwell, reportId, ...seen, accountId: milestone === "M0" ? clerk : supervisor, formKey: formKey() }));
  }
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the demo was refused: ${outcome.problem.code}`);
  return outcome;
}

const formKey = () => randomBytes(16).toString("base64url");
