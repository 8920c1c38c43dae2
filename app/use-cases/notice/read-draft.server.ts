import type { ConsultationNoticeFacts, NoticeState } from "#app/domain/notice.ts";
import { toPublicConsultation } from "#app/domain/public-consultation.ts";
import type { Db, Tx } from "#db/client.server.ts";
import { countRoll, listNotices } from "#db/queries/notices.server.ts";
import { findStairwell } from "#db/queries/stairwells.server.ts";

/** What the notices of a consultation are drafted from, and which there are. */
export interface DraftFacts extends ConsultationNoticeFacts {
  id: number;
  state: NoticeState;
  /** What a draft speaks of; another text where it has changed. */
  seen: string;
}

/** Reads them for a consultation of this stairwell; undefined where there is none of this code. */
export async function readDraft(db: Db | Tx, { stairwell, consultation: code, now }: { stairwell: string; consultation: string; now: Date }): Promise<DraftFacts | undefined> {
  const facts = await findStairwell(db, stairwell);
  const found = facts?.consultations.find((one) => one.code === code);
  if (!facts || !found) return undefined;
  const { id, flats } = await countRoll(db, code);
  const notices = await listNotices(db, { consultationId: id });
  const { community, entrance, address, committee, phone } = facts;
  return {
    id, flats, community, entrance, address, committee, phone,
    rule: found.ruleset.title,
    source: found.ruleset.source,
    seen: found.closesAt.toISOString(),
    consultation: toPublicConsultation(found, now),
    state: {
      extensions: found.extensions.length,
      withdrawn: found.withdrawnAt !== null,
      published: found.published !== null,
      notices: notices.filter(({ withdraws, withdrawnBy }) => withdraws === null && withdrawnBy === null).map(({ kind }) => kind),
    },
  };
}
