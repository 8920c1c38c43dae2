import { z } from "zod";

export const BACKUP_FORMAT = "jiati-backup/1";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a backup holds; written last, so that one that was cut short has none. */
export const manifestSchema = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  at: z.iso.datetime(),
  migrations: z.array(z.string()),
  /** Of the key that seals and signs: a backup can be read with the same DATA_KEY alone. */
  publicKey: sha256,
  tables: z.array(z.strictObject({ name: z.string().regex(/^[a-z_]+$/), columns: z.array(z.string()), rows: z.int().nonnegative(), sha256 })),
  files: z.array(z.strictObject({ key: z.string().regex(/^[\w-]+(\/[\w-]+)*$/), bytes: z.int().nonnegative(), sha256 })),
  heads: z.record(z.string(), z.string()),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** Why a folder cannot be restored; `i18n` has the sentences. */
export type BackupFault = "no_manifest" | "malformed" | "damaged" | "other_key" | "other_version" | "not_empty" | "heads_differ";

export class BackupRefused extends Error {
  constructor(
    readonly code: BackupFault,
    readonly at = "",
  ) {
    super(`backup refused: ${code} ${at}`);
  }
}
