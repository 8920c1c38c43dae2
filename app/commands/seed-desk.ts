import { createHash, randomBytes } from "node:crypto";
import { rollSheet } from "#app/domain/roll-export.ts";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { sheetCsv } from "#app/domain/sheet.ts";
import { maskMobile } from "#app/domain/text.ts";
import { notices } from "#app/i18n/zh-CN/notices.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { openConsultation } from "#app/use-cases/consultation/open-consultation.server.ts";
import { publishNotice } from "#app/use-cases/notice/publish-notice.server.ts";
import { storeRoll } from "#app/use-cases/roll/store-roll.server.ts";
import { changeSetting } from "#app/use-cases/setting/change-setting.server.ts";
import type { Outcome } from "#app/use-cases/transact.server.ts";
import { withTransaction, type Db } from "#db/client.server.ts";
import { readRoll } from "#db/import/roll/read-roll.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { bindResident } from "#db/queries/accounts.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { readRegisterFlats } from "#db/queries/rolls.server.ts";
import type { DemoStairwell } from "#db/seeds/demo.server.ts";

/** Whose community votes about its land. */
const LAND = "A2-001";
/** Whose roll was handed in anew. */
const RENEWED = "A2-002";

interface Seeding {
  db: Db;
  vault: Vault;
  now: Date;
  ago: (days: number) => Date;
  /** Accounts of the two clerks of each committee, and of the office. */
  clerks: readonly number[];
}

/** What the demo's desk holds beside the stairwells' stories: a vote of a whole community, a roll in two versions, a setting that begins later. */
export async function seedDesk(seeding: Seeding, stairwells: readonly DemoStairwell[]): Promise<void> {
  const [land, renewed] = [LAND, RENEWED].map((code) => stairwells.find((one) => one.code === code));
  if (!land || !renewed) throw new Error("the demo has no such stairwell");
  await askCommunity(seeding, land);
  await storeNewRoll(seeding, renewed);
  await setSubsidy(seeding, land);
}

/** The whole community is asked whether its land may be used; the notice hangs, and some of the stairwell have answered by phone. */
async function askCommunity({ db, vault, now, ago, clerks }: Seeding, { code, subdistrictId, committee, flats }: DemoStairwell): Promise<void> {
  const accountId = clerks[committee * 2] ?? 0;
  const opening = { db, vault, now: ago(3) };
  const { consultation } = must(
    await openConsultation(opening, { stairwell: code, scope: "community", ruleset: "cn-civil-278-ordinary", closesOn: addDays(shanghaiDay(now), 12), plan: "1.2", accountId, formKey: formKey() }),
  );
  const found = await findConsultation(db, consultation);
  const seen = found?.closesAt.toISOString() ?? "";
  must(await publishNotice(opening, { consultation, kind: "opening", seen, write: (kind, facts) => notices.draft(kind, facts), accountId, formKey: formKey() }));
  for (const [index, { id, phone }] of flats.slice(0, 4).entries()) {
    const then = { db, vault, now: ago(2) };
    const owner = { phoneHash: vault.hash("phone", phone), phoneCipher: vault.seal(phone), subdistrictId, name: maskMobile(phone), now: then.now };
    const account = await withTransaction(db, (tx) => bindResident(tx, owner));
    const { unit } = await db.selectFrom("rollEntry").select("unit").where("consultationId", "=", found?.id ?? 0).where("flatId", "=", id).executeTakeFirstOrThrow();
    const choice = index === 2 ? "oppose" : "agree";
    must(await castBallot(then, { consultation, room: unit, choice, channel: "online", flatIds: [id], accountId: account, formKey: formKey() }));
  }
}

/** The roll is handed in after a flat was sold and another was measured: beside what was known there is a second version. */
async function storeNewRoll({ db, vault, ago, clerks }: Seeding, { id, code, committee }: DemoStairwell): Promise<void> {
  const [sold, measured] = [2, 5];
  const flats = (await readRegisterFlats(db, vault, id)).map((flat, index) => {
    if (index === sold) return { ...flat, owners: [{ name: "顾文娟", idNumber: null, phone: "13800009001" }] };
    return index === measured ? { ...flat, area: flat.area + 120, areaSource: "survey" as const } : flat;
  });
  const bytes = Buffer.from(sheetCsv(rollSheet(code, flats, { numbers: true })));
  const fileDigest = createHash("sha256").update(bytes).digest();
  const accountId = clerks[committee * 2] ?? 0;
  must(await storeRoll({ db, vault, now: ago(40) }, { stairwell: code, reading: await readRoll(bytes), accountId, formKey: formKey(), fileDigest }));
}

/** From the new year on the district gives something for each lift. */
async function setSubsidy({ db, vault, now, ago, clerks }: Seeding, { subdistrictId }: DemoStairwell): Promise<void> {
  const fromDay = `${Number(shanghaiDay(now).slice(0, 4)) + 1}-01-01`;
  const change = { subdistrictId, key: "district-subsidy", value: { kind: "fixed", fen: 50_000_00 }, fromDay, accountId: clerks[4] ?? 0, formKey: formKey() } as const;
  must(await changeSetting({ db, vault, now: ago(6) }, change));
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the demo was refused: ${outcome.problem.code}`);
  return outcome;
}

const formKey = () => randomBytes(16).toString("base64url");
