import { looksSince } from "#app/domain/ballot-look.ts";
import { maySee } from "#app/domain/file-access.ts";
import type { Db } from "#db/client.server.ts";
import { findFileStanding, listFileOwners } from "#db/queries/file-access.server.ts";
import type { Actor } from "./actor.server.ts";

/** Whether this person may see a file: everybody what is public; else by what it belongs to. */
export async function maySeeFile(db: Db, actor: Actor | undefined, fileId: string, now: Date): Promise<"yes" | "sign-in" | "no"> {
  const file = await findFileStanding(db, fileId);
  if (file?.isPublic) return "yes";
  if (!actor) return "sign-in";
  if (!file) return "no";
  const owners = await listFileOwners(db, file.kind, { fileId, accountId: actor.accountId, lookedSince: looksSince(now) });
  return maySee(file, owners, actor) ? "yes" : "no";
}
