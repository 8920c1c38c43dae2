import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { StaffRole } from "#app/domain/account.ts";
import type { Tx } from "../client.server.ts";
import type { Vault } from "../personal-data.server.ts";
import { pinyinOf } from "../import/pinyin.ts";

/** The demo's small district. All people and places are made up. */
export const committees = ["春申居民委员会", "和安居民委员会"];

interface DemoCommunity {
  code: string;
  name: string;
  committee: number;
  address: string;
  built: number;
  lon: number;
  lat: number;
  stairwells: { floors: number; perFloor: number }[];
}

const rows = (n: number, floors: number, perFloor: number) => Array.from({ length: n }, () => ({ floors, perFloor }));

export const communities: DemoCommunity[] = [
  { code: "A1", name: "海棠苑", committee: 0, address: "春申路100弄", built: 1993, lon: 121.52, lat: 31.19, stairwells: [...rows(4, 6, 2), ...rows(3, 6, 3)] },
  { code: "A2", name: "银杏新村", committee: 0, address: "春申路215弄", built: 1986, lon: 121.524, lat: 31.192, stairwells: [...rows(3, 5, 2), ...rows(2, 5, 4)] },
  { code: "B1", name: "梅园坊", committee: 1, address: "和安路8弄", built: 1990, lon: 121.529, lat: 31.188, stairwells: [...rows(4, 6, 2), ...rows(1, 7, 2)] },
  { code: "B2", name: "桂花里", committee: 1, address: "和安路66弄", built: 1998, lon: 121.533, lat: 31.191, stairwells: [...rows(3, 6, 2), ...rows(2, 6, 4)] },
];

const SURNAMES = [..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余"];
const GIVEN = ["月英", "根宝", "建华", "秀珍", "志刚", "玉兰", "德明", "桂芳", "国强", "美娟", "永康", "阿妹", "小红", "文斌", "惠芬", "海涛", "佩琴", "家栋", "素贞", "伟民"];

/** A row of numbers that is the same at every start (Lehmer, minimal standard). */
export function sameNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

export interface DemoStairwell {
  id: number;
  subdistrictId: number;
  code: string;
  committee: number;
  flats: { id: number; room: string; ownerId: number; phone: string }[];
}

/** Puts the demo's places, flats and owners into an empty database. */
export async function insertDemoDistrict(tx: Tx, vault: Vault, since: Date): Promise<DemoStairwell[]> {
  const pick = sameNumbers(20_261_121);
  const { id: subdistrictId } = await tx
    .insertInto("subdistrict")
    .values({ code: "demo", name: "示范街道", phone: "021-5000 0000" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const committeeIds: number[] = [];
  for (const [index, name] of committees.entries()) {
    const row = await tx
      .insertInto("committee")
      .values({ subdistrictId, name, phone: `021-5000 00${index + 1}1` })
      .returning("id")
      .executeTakeFirstOrThrow();
    committeeIds.push(row.id);
  }

  const made: DemoStairwell[] = [];
  let person = 0;
  for (const { stairwells, committee, built, ...community } of communities) {
    const { id: communityId } = await tx
      .insertInto("community")
      .values({ ...community, ...pinyinOf(community.name), subdistrictId, committeeId: committeeIds[committee] ?? 0, builtYear: built })
      .returning("id")
      .executeTakeFirstOrThrow();
    for (const [index, { floors, perFloor }] of stairwells.entries()) {
      const code = `${community.code}-${String(index + 1).padStart(3, "0")}`;
      const { id } = await tx
        .insertInto("stairwell")
        .values({
          subdistrictId, communityId, code, floors,
          building: `${Math.floor(index / 2) + 1}幢`,
          entrance: `${index + 1}号`,
          lon: community.lon + index * 0.0003,
          lat: community.lat,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      await tx.insertInto("project").values({ stairwellId: id, subdistrictId, stageSince: since }).execute();
      const flats: DemoStairwell["flats"] = [];
      for (let floor = 1; floor <= floors; floor++) {
        for (let door = 1; door <= perFloor; door++) {
          const room = `${floor}${String(door).padStart(2, "0")}`;
          const flat = await tx
            .insertInto("flat")
            .values({ subdistrictId, stairwellId: id, room, floor, area: 4_800 + door * 613 + pick(7) * 91 })
            .returning("id")
            .executeTakeFirstOrThrow();
          person++;
          const phone = `138${String(person).padStart(8, "0")}`;
          const owner = await tx
            .insertInto("owner")
            .values({
              subdistrictId,
              code: `D${String(person).padStart(4, "0")}`,
              name: `${SURNAMES[pick(SURNAMES.length)]}${GIVEN[pick(GIVEN.length)]}`,
              kind: "person",
              phoneCipher: vault.seal(phone),
              phoneHash: vault.hash("phone", phone),
            })
            .returning("id")
            .executeTakeFirstOrThrow();
          await tx.insertInto("ownership").values({ flatId: flat.id, ownerId: owner.id }).execute();
          flats.push({ id: flat.id, room, ownerId: owner.id, phone });
        }
      }
      made.push({ id, subdistrictId, code, committee, flats });
    }
  }
  return made;
}

/** A page of a consultation that looks like the first one of a stored file: in the demo all that were typed long ago look alike. */
export async function insertOldPage(
  tx: Tx,
  { subdistrictId, consultationId, accountId, at, like }: { subdistrictId: number; consultationId: number; accountId: number; at: Date; like: string },
): Promise<number> {
  const fileId = randomBytes(16).toString("base64url");
  await sql`
    insert into file (id, subdistrict_id, kind, original_type, original_bytes, pages, uploaded_by, at, stored_at)
    select ${fileId}, subdistrict_id, kind, original_type, original_bytes, 1, ${accountId}, ${at}, ${at} from file where id = ${like}`.execute(tx);
  await sql`
    insert into file_page (file_id, page, subdistrict_id, sha256, width, height, thumbnail_bytes, screen_bytes, full_bytes)
    select ${fileId}, 1, subdistrict_id, sha256, width, height, thumbnail_bytes, screen_bytes, full_bytes
    from file_page where file_id = ${like} and page = 1`.execute(tx);
  const { id } = await tx
    .insertInto("ballotPage")
    .values({ subdistrictId, consultationId, fileId, page: 1, uploadedBy: accountId, at })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export interface DemoAccount {
  login: string;
  name: string;
  role: StaffRole;
  committee?: number;
  /** The projects of an assessor, a contractor, an agent or a supervisor. */
  stairwells?: string[];
}

export const demoAccounts: DemoAccount[] = [
  { login: "lin", name: "林芳", role: "committee", committee: 0 },
  { login: "zhou", name: "周敏", role: "committee", committee: 0 },
  { login: "gu", name: "顾磊", role: "committee", committee: 1 },
  { login: "shen", name: "沈洁", role: "committee", committee: 1 },
  { login: "office", name: "街道办 陈军", role: "office" },
  { login: "ping", name: "评估 何工", role: "assessor", stairwells: ["A1-003", "A2-005", "B2-002"] },
  { login: "shigong", name: "施工 郭师傅", role: "contractor", stairwells: ["A1-005", "B1-004"] },
  { login: "daijian", name: "代建 罗经理", role: "agent", stairwells: ["A1-005", "B1-001", "B2-001"] },
  { login: "fuhe", name: "评估 徐工", role: "assessor", stairwells: ["A1-004", "B2-003"] },
  { login: "jianli", name: "监理 吴工", role: "supervisor", stairwells: ["A1-005", "B1-004"] },
  { login: "admin", name: "系统管理员 唐宁", role: "admin" },
];

export const DEMO_PASSWORD = "jiati-demo-2026";

export async function hasSubdistrict(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from subdistrict) as found`.execute(tx);
  return rows[0]?.found ?? false;
}
