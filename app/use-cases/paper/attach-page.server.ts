import { missingImage, whyAttachingIsRefused } from "#app/domain/paper.ts";
import { lockBallot } from "#db/queries/ballots.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { insertImage, readPageState } from "#db/queries/paper.server.ts";
import { settledByDatabase } from "../consultation/settled-by-database.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import type { PageStep } from "./set-page-aside.server.ts";

/**
 * Makes a page the missing image of a ballot that was recorded before it was scanned, so that a second person can compare
 * them.
 *
 * Refusals: `ballot_unknown` and those of `whyAttachingIsRefused`.
 */
export function attachPage(
  deps: Deps,
  { consultation: code, page, seq, accountId, formKey }: PageStep & { seq: number },
): Promise<Outcome<{ room: string }>> {
  const attached = transact(deps, { key: formKey, action: `attach ${code} ${page} ${seq}` }, async (tx) => {
    const ballot = await lockBallot(tx, code, seq);
    if (!ballot) refuse({ code: "ballot_unknown" });
    const { id: ballotId, room, consultationId, stairwellId, subdistrictId } = ballot;
    const role = missingImage(ballot);
    const problem = whyAttachingIsRefused(ballot, await readPageState(tx, { consultationId, pageId: page }), role);
    if (problem || role === null) refuse(problem ?? { code: "has_image" });

    await insertImage(tx, { ballotId, pageId: page, role, subdistrictId, accountId, at: deps.now });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "page-attached",
      subject: `ballot:${ballotId}`,
      content: { consultation: code, room, seq, page, role },
    });
    return { room };
  });
  return settledByDatabase(attached);
}
