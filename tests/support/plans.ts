import type { FirmRecord } from "#app/domain/firm.ts";
import { isCreditCode } from "#app/domain/firm.ts";
import { blockFirm } from "#app/use-cases/firm/block-firm.server.ts";
import { recordFirm } from "#app/use-cases/firm/record-firm.server.ts";
import type { PlanRecording } from "#app/use-cases/plan/record-plan.server.ts";
import type { Db } from "#db/client.server.ts";
import { done } from "./consultations.ts";
import { createAccount, formKey, next, testVault } from "./factories.ts";

/** An identifier that no other firm has. */
export function creditCode(): string {
  const first = `91310115${String(next()).padStart(9, "0")}`;
  return first + [..."0123456789ABCDEFGHJKLMNPQRTUWXY"].find((sign) => isCreditCode(first + sign));
}

/** A firm in the register of a subdistrict: an agent of grade A, valid for the whole of 2026 and 2027, unless told. */
export async function createFirm(db: Db, subdistrictId: number, { blocked = false, ...change }: Partial<FirmRecord> & { blocked?: boolean } = {}): Promise<number> {
  const accountId = await createAccount(db, "office", { subdistrictId, scopeId: subdistrictId });
  const deps = { db, vault: testVault, now: new Date("2026-01-02T02:00:00Z") };
  const record: FirmRecord = { name: "安居加梯", kind: "agent", grade: "A", validFrom: "2026-01-01", validUntil: "2027-12-31", source: "街道名录", phone: null, ...change };
  const { firmId } = await done(recordFirm(deps, { subdistrictId, firmId: null, creditCode: creditCode(), record, accountId, formKey: formKey() }));
  if (blocked) await done(blockFirm(deps, { subdistrictId, firmId, step: "block", reason: "拖欠工程款", source: "区通报", accountId, formKey: formKey() }));
  return firmId;
}

/** What a clerk records of a new plan. */
export function planOf(stairwell: string, firmId: number, accountId: number, change: Partial<PlanRecording> = {}): PlanRecording {
  return {
    stairwell, number: null, seen: 0, firmId, make: "申菱", model: "S1", entry: "half", position: "north", priceFen: 60_000_000, months: 4,
    about: null, changed: null, drawing: null, checked: false, accountId, formKey: formKey(), ...change,
  };
}
