import { sql } from "kysely";
import type { FaultStep } from "#app/domain/site-fault.ts";
import type { Db, Tx } from "../client.server.ts";

export async function insertFault(
  tx: Tx,
  fault: { subdistrictId: number; stairwellId: number; milestone: string; wordsCipher: Buffer; dueOn: string; accountId: number; at: Date },
): Promise<number> {
  const { id } = await tx.insertInto("siteFault").values(fault).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function insertFaultStep(
  tx: Tx,
  step: { subdistrictId: number; faultId: number; kind: FaultStep; wordsCipher: Buffer | null; accountId: number; at: Date },
): Promise<number> {
  const { id } = await tx.insertInto("siteFaultStep").values(step).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function insertFaultPhoto(tx: Tx, photo: { fileId: string; subdistrictId: number; faultId: number; stepId: number | null }): Promise<void> {
  await tx.insertInto("siteFaultPhoto").values(photo).execute();
}

/** A fault of this stairwell with its steps, oldest first; the caller holds the project. */
export async function findFault(tx: Tx, { faultId, stairwellId }: { faultId: number; stairwellId: number }) {
  const fault = await tx.selectFrom("siteFault").select("milestone").where("id", "=", faultId).where("stairwellId", "=", stairwellId).executeTakeFirst();
  return fault && { ...fault, steps: await tx.selectFrom("siteFaultStep").select(["kind", "accountId"]).where("faultId", "=", faultId).orderBy("id").execute() };
}

interface FaultPhoto {
  file: string;
  width: number;
  height: number;
}

/** The faults of a stairwell with all that became of them, the newest first; words are sealed. */
export async function listFaults(db: Db, stairwellId: number) {
  const photos = (of: ReturnType<typeof sql>) => sql<FaultPhoto[]>`(
    select coalesce(json_agg(json_build_object('file', f.id, 'width', g.width, 'height', g.height) order by f.at, f.id), '[]')
    from site_fault_photo k join file f on f.id = k.file_id and f.removed_at is null join file_page g on g.file_id = f.id and g.page = 1
    where ${of})`;
  const [faults, steps] = await Promise.all([
    db
      .selectFrom("siteFault")
      .innerJoin("account", "account.id", "siteFault.accountId")
      .select(["siteFault.id", "siteFault.milestone", "siteFault.wordsCipher", "siteFault.dueOn", "siteFault.at", "account.name as by"])
      .select(photos(sql`k.fault_id = site_fault.id and k.step_id is null`).as("photos"))
      .where("siteFault.stairwellId", "=", stairwellId)
      .orderBy("siteFault.id", "desc")
      .execute(),
    db
      .selectFrom("siteFaultStep")
      .innerJoin("siteFault", "siteFault.id", "siteFaultStep.faultId")
      .innerJoin("account", "account.id", "siteFaultStep.accountId")
      .select(["siteFaultStep.id", "siteFaultStep.faultId", "siteFaultStep.kind", "siteFaultStep.wordsCipher", "siteFaultStep.accountId", "siteFaultStep.at", "account.name as by"])
      .select(photos(sql`k.step_id = site_fault_step.id`).as("photos"))
      .where("siteFault.stairwellId", "=", stairwellId)
      .orderBy("siteFaultStep.id")
      .execute(),
  ]);
  return faults.map((fault) => ({ ...fault, steps: steps.filter(({ faultId }) => faultId === fault.id) }));
}
