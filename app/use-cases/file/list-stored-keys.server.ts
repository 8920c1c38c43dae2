import { fileSizes } from "#app/domain/files.ts";
import type { Db } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { listStoredContents } from "#db/queries/files.server.ts";
import { keyOf } from "./file-deps.server.ts";

/** The keys of all that the file store holds for files that are there to be seen. */
export async function listStoredKeys(db: Db, vault: Vault): Promise<string[]> {
  const contents = await listStoredContents(db);
  return contents.flatMap((content) => fileSizes.map((size) => keyOf(vault, content, size)));
}
