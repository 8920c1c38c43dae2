import type { HandoutPart } from "#app/domain/handouts.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { byAccount, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface HandoutDownload {
  consultation: string;
  consultationId: number;
  stairwellId: number;
  subdistrictId: number;
  parts: readonly HandoutPart[];
  flats: number;
  accountId: number;
  formKey: string;
}

/** Writes into the stairwell's log who takes the sheets of its flats out of the portal: they name the owners. No refusals of its own. */
export function recordDownload(deps: Deps, { consultation, consultationId, stairwellId, subdistrictId, parts, flats, accountId, formKey }: HandoutDownload): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `handouts ${consultation} ${stairwellId} ${accountId}` }, async (tx) => {
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "handouts-downloaded", subject: `consultation:${consultationId}`, content: { parts, flats },
    });
    return {};
  });
}
