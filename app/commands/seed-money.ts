import { randomBytes } from "node:crypto";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { chargeShares } from "#app/use-cases/money/charge-shares.server.ts";
import { enterPayment } from "#app/use-cases/money/enter-payment.server.ts";
import { enterSpending } from "#app/use-cases/money/enter-spending.server.ts";
import { signContract } from "#app/use-cases/money/sign-contract.server.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import type { Deps, Outcome } from "#app/use-cases/transact.server.ts";
import { drawReceipt } from "./demo-photos.ts";

const formKey = () => randomBytes(16).toString("base64url");

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the demo was refused: ${outcome.problem.code}`);
  return outcome;
}

/** The contracts: with the agent whose plan the owners chose, with contractor and supervisor. */
export async function seedContract(deps: Deps, { stairwell, agents, clerk }: { stairwell: string; agents: readonly number[]; clerk: number }): Promise<void> {
  const [agent = 0, , contractor = 0, supervisor = 0] = agents;
  for (const [role, firmId] of [["agent", agent], ["contractor", contractor], ["supervisor", supervisor]] as const) {
    const contract = { role, contractNo: `HT-${stairwell}-${role === "agent" ? 1 : role === "contractor" ? 2 : 3}`, signedOn: shanghaiDay(deps.now) };
    must(await signContract(deps, { stairwell, firmId, ...contract, accountId: clerk, formKey: formKey() }));
  }
}

/** A first instalment of 60 %, which all but two flats have paid, and what it went into. */
export async function seedMoney(deps: FileDeps, { stairwell, clerk, rooms }: { stairwell: string; clerk: number; rooms: readonly string[] }): Promise<void> {
  const by = { stairwell, accountId: clerk };
  const onDay = shanghaiDay(deps.now);
  const scan = await drawReceipt();
  must(await chargeShares(deps, { ...by, amountFen: 35_880_000, scheme: "shanghai", percents: [], within: "equal", purpose: "首期款（六成）", onDay, formKey: formKey() }));
  const amounts: Record<string, number> = { "2": 700, "3": 1_300, "4": 2_000, "5": 2_700, "6": 3_300 };
  const paying = rooms.filter((room) => (amounts[room.slice(0, 1)] ?? 0) > 0).slice(0, -2);
  for (const [index, room] of paying.entries()) {
    const perFloor = rooms.filter((one) => one.startsWith(room.slice(0, 1))).length;
    const amountFen = (3_588 * (amounts[room.slice(0, 1)] ?? 0)) / perFloor;
    must(await enterPayment(deps, { ...by, room, corrects: null, amountFen: Math.floor(amountFen), receipt: `SJ-${String(index + 1).padStart(3, "0")}`, scan: index === 0 ? scan : null, purpose: "首期款", onDay, formKey: formKey() }));
  }
  const items = [["土建和钢结构", 26_000_000, 9_800_000], ["电梯设备", 24_000_000, 7_200_000], ["管线迁移", 6_800_000, 5_150_000], ["设计、监理、检测", 3_000_000, 900_000]] as const;
  for (const [index, [item, budget, spent]] of items.entries()) {
    must(await enterSpending(deps, { ...by, what: "budget", item, amountFen: budget, receipt: null, scan: null, purpose: "协议附表", onDay, formKey: formKey() }));
    must(await enterSpending(deps, { ...by, what: "spent", item, amountFen: spent, receipt: `FP-${201 + index}`, scan: index === 0 ? scan : null, purpose: "首期", onDay, formKey: formKey() }));
  }
}
