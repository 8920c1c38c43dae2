import { randomBytes } from "node:crypto";
import type { Db } from "#db/client.server.ts";

/** A page of paper that waits to be typed, known to the database only: nothing of it is in the store. */
export async function scannedPage(
  db: Db,
  { consultationId, subdistrictId, accountId, at }: { consultationId: number; subdistrictId: number; accountId: number; at: Date },
): Promise<number> {
  const fileId = randomBytes(16).toString("base64url");
  const file = { subdistrictId, kind: "scan", originalType: "image/jpeg", originalBytes: 1_000, pages: 1, uploadedBy: accountId, at, storedAt: at } as const;
  await db.insertInto("file").values({ id: fileId, ...file }).execute();
  const sizes = { width: 1_240, height: 1_754, thumbnailBytes: 100, screenBytes: 100, fullBytes: 100 };
  await db.insertInto("filePage").values({ fileId, page: 1, subdistrictId, sha256: randomBytes(32), ...sizes }).execute();
  const { id } = await db
    .insertInto("ballotPage")
    .values({ subdistrictId, consultationId, fileId, page: 1, uploadedBy: accountId, at })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
