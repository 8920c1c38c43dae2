import { findConsultationScope } from "#db/queries/scopes.server.ts";
import type { Outcome } from "../transact.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import { castBallot, type BallotCasting } from "./cast-ballot.server.ts";

type OnlineCasting = Extract<BallotCasting, { channel: "online" }>;

/**
 * Casts a ballot online, with the signature that the owner drew on the screen, if one was drawn; it is kept sealed, and
 * not at all where the ballot is refused.
 *
 * Refusals: those of `castBallot`, FileFault at `signature`.
 */
export async function signBallot(
  deps: FileDeps,
  { drawing, ...casting }: Omit<OnlineCasting, "signature"> & { drawing: Uint8Array | null },
): Promise<Outcome<{ receipt: string }>> {
  const scope = drawing ? await findConsultationScope(deps.db, casting.consultation) : undefined;
  if (!drawing || !scope) return castBallot(deps, casting);
  const { subdistrictId } = scope;
  return withStoredFiles(
    deps,
    { files: [drawing], at: "signature", kind: "signature", subdistrictId, accountId: casting.accountId },
    ([signature]) => castBallot(deps, { ...casting, signature: signature?.fileId }),
  );
}
