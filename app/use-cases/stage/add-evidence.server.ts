import { whyEvidenceIsRefused } from "#app/domain/stage-forms.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { EvidenceKind, Mover } from "#app/domain/stage-moves.ts";
import { lockProjectOf } from "#db/queries/consultations.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { readProjectFacts } from "#db/queries/project-facts.server.ts";
import { holdFile } from "#db/queries/files.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import { refuse, transact, type Outcome } from "../transact.server.ts";
import { recordEvidence } from "./record-evidence.server.ts";

export interface AddedEvidence {
  stairwell: string;
  kind: EvidenceKind;
  text?: string | undefined;
  day?: string | undefined;
  /** Whether its file is shown to everybody. */
  show?: "yes" | undefined;
  /** A document or a photo, one at most. */
  files: readonly Uint8Array[];
  roles: ReadonlySet<Mover>;
  accountId: number;
  formKey: string;
}

/**
 * Puts on record by hand what the present stage asks for.
 *
 * Refusals: `stairwell_unknown`, those of `whyEvidenceIsRefused`, FileFault at `file`.
 */
export async function addEvidence(deps: FileDeps, { stairwell, kind, text, day, show, files, roles, accountId, formKey }: AddedEvidence): Promise<Outcome<{ kind: EvidenceKind }>> {
  const place = await findPlace(deps.db, stairwell);
  if (!place) return { ok: false, problem: { code: "stairwell_unknown" } };
  const { stairwellId, subdistrictId } = place;
  return withStoredFiles(deps, { files, at: "file", kind: "document", subdistrictId, accountId }, ([file]) =>
    transact(deps, { key: formKey, action: `evidence ${stairwell} ${kind}` }, async (tx) => {
      if (!(await lockProjectOf(tx, stairwell))) refuse({ code: "stairwell_unknown" });
      const facts = await readProjectFacts(tx, stairwellId, deps.now);
      const problem = whyEvidenceIsRefused(facts, { kind, text, day, show, files: files.length }, { roles, today: shanghaiDay(deps.now) });
      if (problem) refuse(problem);
      if (file && !(await holdFile(tx, { fileId: file.fileId, kind: "document", subdistrictId }))) refuse({ code: "file_store_away", at: "file" });
      await recordEvidence(tx, deps.now, { stairwellId, kind, text, day, fileId: file?.fileId, shown: show === "yes", account: accountId });
      return { kind };
    }),
  );
}
