import { randomBytes } from "node:crypto";
import { whyLengthIsRefused } from "#app/domain/files.ts";
import { lockConsultation, readCertification } from "#db/queries/consultations.server.ts";
import { insertUpload } from "#db/queries/paper-uploads.server.ts";
import { queueRound } from "#db/queries/rounds.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import type { PageUpload } from "./upload-pages.server.ts";

/** The round that splits what was taken; its name in the queue. */
export const SPLIT_STACKS = "split-stacks";

/** Where a file of a stack is kept until it is split: it opens nowhere else. */
export const partOf = (uploadId: string, number: number) => `paper-upload/${uploadId}/${number}`;

/**
 * Takes a stack of paper (纸质表决票) as it was sent and has it split into pages by a job, for drawing forty pages takes
 * longer than anybody waits for an answer. What is wrong with a file is found then, and told on the page of its progress.
 *
 * Refusals: `consultation_unknown`, `certified`; `file_empty`, `file_too_large` at `files`.
 */
export function takeStack(deps: Deps, { consultation: code, files, accountId, formKey }: PageUpload): Promise<Outcome<{ upload: string }>> {
  return transact(deps, { key: formKey, action: `take paper ${code}` }, async (tx) => {
    for (const [index, bytes] of files.entries()) {
      const fault = whyLengthIsRefused(bytes.length);
      if (fault) refuse({ code: fault, at: "files", ...(files.length > 1 && { params: { number: index + 1 } }) });
    }
    const consultation = await lockConsultation(tx, code, "share");
    if (!consultation) refuse({ code: "consultation_unknown" });
    const { id: consultationId, subdistrictId } = consultation;
    if ((await readCertification(tx, consultationId)).isCertified) refuse({ code: "certified" });
    const id = randomBytes(16).toString("base64url");
    const sealed = files.map((bytes, index) => deps.vault.sealBytes(bytes, partOf(id, index + 1)));
    await insertUpload(tx, { id, subdistrictId, consultationId, accountId, at: deps.now }, sealed);
    await queueRound(tx, SPLIT_STACKS);
    return { upload: id };
  });
}
