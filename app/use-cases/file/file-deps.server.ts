import type { Storage } from "#app/integrations/storage.server.ts";
import type { FileSize } from "#app/domain/files.ts";
import type { Vault } from "#db/personal-data.server.ts";
import type { Content } from "#db/queries/files.server.ts";
import type { Deps } from "../transact.server.ts";

/** What a use case needs that works with files. */
export interface FileDeps extends Deps {
  storage: Storage;
}

/**
 * Where a page is kept: named by its content, through the vault's key, so that the store shows nobody whether it has a
 * page that they have as well.
 */
export function keyOf(vault: Vault, { subdistrictId, sha256 }: Content, size: FileSize): string {
  const address = vault.hash("file", sha256.toString("hex")).toString("hex");
  return `${subdistrictId}/${address.slice(0, 2)}/${address}/${size}`;
}
