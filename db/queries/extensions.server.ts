import { sql, type RawBuilder } from "kysely";
import type { Db } from "../client.server.ts";

/** An extension as PostgreSQL writes it into JSON: moments are text there. */
export interface ExtensionRow {
  from: string;
  until: string;
  at: string;
}

/** The extensions of the consultation with the id in this column, oldest first, as a list in one column. */
export function extensionsOf(id: string): RawBuilder<ExtensionRow[]> {
  return sql<ExtensionRow[]>`(
    select coalesce(json_agg(json_build_object('from', x.closes_at_before, 'until', x.closes_at, 'at', x.at) order by x.at), '[]')
    from consultation_extension x where x.consultation_id = ${sql.ref(id)})`;
}

/** The same with who extended it and why, for the committee and its certificate. */
export function listExtensions(db: Db, consultationId: number) {
  return db
    .selectFrom("consultationExtension")
    .innerJoin("account", "account.id", "consultationExtension.accountId")
    .select([
      "consultationExtension.closesAtBefore", "consultationExtension.closesAt", "consultationExtension.reason",
      "consultationExtension.at", "account.name as by",
    ])
    .where("consultationExtension.consultationId", "=", consultationId)
    .orderBy("consultationExtension.at")
    .execute();
}
