import type { Db } from "../client.server.ts";

/** Name and phone of the subdistrict, for pages that know no committee; empty before anything was imported. */
export async function findFront(db: Db): Promise<{ hotline: string; subdistrictName: string }> {
  const row = await db.selectFrom("subdistrict").select(["name", "phone"]).orderBy("id").limit(1).executeTakeFirst();
  return { hotline: row?.phone ?? "", subdistrictName: row?.name ?? "" };
}
