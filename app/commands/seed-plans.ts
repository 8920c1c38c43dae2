import { randomBytes } from "node:crypto";
import { isCreditCode, type FirmRecord } from "#app/domain/firm.ts";
import { blockFirm } from "#app/use-cases/firm/block-firm.server.ts";
import { recordFirm } from "#app/use-cases/firm/record-firm.server.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import { recordPlan, type PlanRecording } from "#app/use-cases/plan/record-plan.server.ts";
import type { Outcome } from "#app/use-cases/transact.server.ts";

type DemoFirm = Pick<FirmRecord, "name" | "kind" | "grade"> & { blocked?: { reason: string; source: string } };

/** The demo's register. All firms are made up. */
const FIRMS: readonly DemoFirm[] = [
  { name: "春申便民加梯服务公司", kind: "agent", grade: "A" },
  { name: "和安楼宇更新公司", kind: "agent", grade: "B" },
  { name: "快梯工程服务部", kind: "agent", grade: null, blocked: { reason: "收了业主的首期款，三个月没有进场", source: "区房管局 2026 年第 3 号通报" } },
  { name: "申江建筑工程公司", kind: "contractor", grade: "A" },
  { name: "东岸工程监理公司", kind: "supervisor", grade: "A" },
];

const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const formKey = () => randomBytes(16).toString("base64url");

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the demo was refused: ${outcome.problem.code}`);
  return outcome;
}

/** Enters the demo's firms into the register and answers with the two agents that can be chosen, a contractor and a supervisor. */
export async function seedFirms(deps: FileDeps, { subdistrictId, office }: { subdistrictId: number; office: number }): Promise<number[]> {
  const ids: number[] = [];
  for (const [index, { blocked, ...firm }] of FIRMS.entries()) {
    const first = `91310115MADEM${String(index + 1).padStart(4, "0")}`;
    const creditCode = first + [...SIGNS].find((sign) => isCreditCode(first + sign));
    const record: FirmRecord = { ...firm, validFrom: "2025-01-01", validUntil: null, source: "区代建单位名录（示范）", phone: `021-5000 01${index + 1}0` };
    const by = { subdistrictId, accountId: office };
    const { firmId } = must(await recordFirm(deps, { ...by, firmId: null, creditCode, record, formKey: formKey() }));
    if (blocked) must(await blockFirm(deps, { ...by, firmId, step: "block", ...blocked, formKey: formKey() }));
    if (!blocked) ids.push(firmId);
  }
  return ids;
}

/** Two plans of a stairwell. The first has two versions; the owners vote on the second of them, `1.2`. */
export async function seedPlans(deps: FileDeps, { stairwell, agents, clerk }: { stairwell: string; agents: readonly number[]; clerk: number }): Promise<void> {
  const shared = { stairwell, number: null, seen: 0, changed: null, drawing: null, checked: false, accountId: clerk };
  const record = (plan: Omit<PlanRecording, keyof typeof shared | "formKey"> & Partial<PlanRecording>) => recordPlan(deps, { ...shared, ...plan, formKey: formKey() });
  const half = { firmId: agents[0] ?? 0, make: "申菱", model: "SL-320", entry: "half", position: "north", months: 4, about: "钢结构井道，玻璃幕墙" } as const;
  must(await record({ ...half, priceFen: 61_800_000 }));
  must(await record({ firmId: agents[1] ?? 0, make: "沪宁", model: "HN-450", entry: "flat", position: "south", priceFen: 73_500_000, months: 6, about: "连廊到户，需要移栽一棵树" }));
  must(await record({ ...half, priceFen: 59_800_000, number: 1, seen: 1, changed: "厂家让价，总价减 2 万元" }));
}

/** After the vote the price went up by more than a tenth. */
export async function seedDearerPlan(deps: FileDeps, { stairwell, agents, clerk }: { stairwell: string; agents: readonly number[]; clerk: number }): Promise<void> {
  must(
    await recordPlan(deps, {
      stairwell, number: 1, seen: 2, firmId: agents[0] ?? 0, make: "申菱", model: "SL-320", entry: "half", position: "north", priceFen: 68_000_000, months: 5,
      about: "钢结构井道，玻璃幕墙", changed: "化粪池要移位，总价加 8.2 万元，工期加一个月", drawing: null, checked: false, accountId: clerk, formKey: formKey(),
    }),
  );
}
