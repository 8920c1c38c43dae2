import type { Config } from "#app/config.server.ts";
import { openEmbedded } from "./embedded.server.ts";
import { migrate } from "./migrate.server.ts";

export interface OpenDatabase {
  /** For the application: its restricted role. */
  url: string;
  /** For migrations and for copying whole tables in. */
  ownerUrl: string;
  /** Of the database, as the server knows it. */
  name: string;
  close(): Promise<void>;
}

/**
 * Opens the database of this configuration, migrated: the server of DATABASE_URL, else the embedded one in DATA_DIR.
 *
 * @param holder see EmbeddedOptions
 * @param database name of the embedded database; the demo and the full district have their own
 */
export async function openDatabase(
  config: Config,
  { holder, database = "jiati", say }: { holder: "portal" | "command"; database?: string; say?: (line: string) => void },
): Promise<OpenDatabase> {
  const embedded = config.databaseUrl
    ? undefined
    : await openEmbedded({ dataDir: config.dataDir, database, holder, ...(say && { say }) });
  const opened: OpenDatabase = embedded
    ? { url: embedded.appUrl, ownerUrl: embedded.ownerUrl, name: database, close: () => embedded.stop() }
    : { url: config.databaseUrl ?? "", ownerUrl: config.ownerUrl ?? "", name: new URL(config.databaseUrl ?? "").pathname.slice(1), close: () => Promise.resolve() };
  try {
    await migrate(opened.ownerUrl);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}
