import { isDocument } from "#app/domain/public-documents.ts";
import type { EvidenceKind } from "#app/domain/stage-moves.ts";
import type { Tx } from "#db/client.server.ts";
import { insertEvidence } from "#db/queries/evidence.server.ts";
import { markPublic } from "#db/queries/files.server.ts";
import { lockProject } from "#db/queries/intents.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { setStartedOn } from "#db/queries/projects.server.ts";
import { byAccount } from "../transact.server.ts";

export interface Evidence {
  stairwellId: number;
  kind: EvidenceKind;
  /** Its number, or what it says in one line. At least one of text, day and file is given. */
  text?: string | undefined;
  /** Its date, as 2026-11-21. */
  day?: string | undefined;
  /** A stored file that the transaction holds. */
  fileId?: string | undefined;
  /** Whether somebody has looked that the file may be shown to everybody. */
  shown?: boolean;
  account: number;
}

/**
 * Puts on record what a project needs before it moves on, with its entry in the log; of each kind the newest counts. The day of a start
 * is that of the works on the public page.
 * To be called within the transaction of a use case, before that adds entries of its own: it takes hold of the project.
 */
export async function recordEvidence(tx: Tx, now: Date, { stairwellId, kind, text, day, fileId, shown = false, account }: Evidence): Promise<number> {
  const { subdistrictId, stage } = await lockProject(tx, stairwellId);
  const said = { kind, text: text ?? null, day: day ?? null, fileId: fileId ?? null };
  const id = await insertEvidence(tx, { ...said, subdistrictId, stairwellId, stage, accountId: account, at: now });
  await appendLog(tx, {
    stairwellId, subdistrictId, at: now, actor: byAccount(account),
    verb: "evidence-recorded",
    subject: `evidence:${id}`,
    content: { ...said, stage, ...(shown && { shown }) },
  });
  if (shown && fileId !== undefined) await markPublic(tx, { fileId, at: now, accountId: account });
  const isStart = kind === "start-date" && day !== undefined && stage === "construction";
  if (isStart) await setStartedOn(tx, stairwellId, day);
  if (isDocument(kind)) await touchPages(tx, [...(isStart ? ["district"] : []), `stairwell:${stairwellId}`]);
  return id;
}
