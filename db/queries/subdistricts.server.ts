import { settingOn } from "#app/domain/settings.ts";
import type { Db } from "../client.server.ts";

/** Name and phone of the subdistrict on a day (YYYY-MM-DD, Shanghai), for pages that know no committee; empty before anything was imported. */
export type Front = (day: string) => { hotline: string; subdistrictName: string };

export async function findFront(db: Db): Promise<Front> {
  const row = await db.selectFrom("subdistrict").select(["id", "name", "phone"]).orderBy("id").limit(1).executeTakeFirst();
  if (!row) return () => ({ hotline: "", subdistrictName: "" });
  const phones = await db.selectFrom("setting").select(["id", "fromDay", "value"]).where("subdistrictId", "=", row.id).where("key", "=", "phones").execute();
  return (day) => ({ hotline: settingOn(phones, "phones", day)[0]?.number ?? row.phone, subdistrictName: row.name });
}
