import { findConsultationScope } from "#db/queries/scopes.server.ts";
import { lockConsultation, readCertification } from "#db/queries/consultations.server.ts";
import { holdFile } from "#db/queries/files.server.ts";
import { appendLog, lockChain } from "#db/queries/log.server.ts";
import { insertPages } from "#db/queries/paper.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { storeFiles, type GivenFile } from "../file/store-file.server.ts";
import { byAccount, refuse, transact, type Outcome } from "../transact.server.ts";

export interface PageUpload {
  consultation: string;
  /** Photos, or PDFs with many pages each. */
  files: readonly Uint8Array[];
  accountId: number;
  formKey: string;
}

/** The same while somebody waits to hear how far it has come. */
interface WatchedUpload extends PageUpload {
  onPage?: NonNullable<GivenFile["onPage"]>;
}

/**
 * Takes photos and scans of paper ballots (表决票) for a consultation: each page waits to be typed. Pages that the
 * consultation has already are passed over, so that a stack sent twice is there once.
 *
 * Refusals: `consultation_unknown`, `certified`, FileFault at `files`.
 */
export async function uploadPages(
  deps: FileDeps,
  { consultation: code, files, accountId, formKey, onPage }: WatchedUpload,
): Promise<Outcome<{ added: number; known: number }>> {
  const scope = await findConsultationScope(deps.db, code);
  if (!scope) return { ok: false, problem: { code: "consultation_unknown" } };
  const stored = await storeFiles(deps, { files, at: "files", kind: "scan", subdistrictId: scope.subdistrictId, accountId, ...(onPage && { onPage }) });
  if (!stored.ok) return stored;
  return transact(deps, { key: formKey, action: `upload paper ${code}` }, async (tx) => {
    const consultation = await lockConsultation(tx, code, "share");
    if (!consultation) refuse({ code: "consultation_unknown" });
    const { id: consultationId, stairwellId, subdistrictId } = consultation;
    if ((await readCertification(tx, consultationId)).isCertified) refuse({ code: "certified" });
    const chain = await lockChain(tx, stairwellId);
    let pages = 0;
    for (const { fileId } of stored.files) pages += (await holdFile(tx, { fileId, kind: "scan", subdistrictId }))?.pages ?? 0;
    const fileIds = stored.files.map(({ fileId }) => fileId);
    const added = await insertPages(tx, { subdistrictId, consultationId, fileIds, uploadedBy: accountId, at: deps.now });
    const entry = {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "paper-uploaded",
      subject: `consultation:${consultationId}`,
      content: { consultation: code, files: fileIds, added, known: pages - added },
    };
    await appendLog(tx, entry, chain);
    return { added, known: pages - added };
  });
}
