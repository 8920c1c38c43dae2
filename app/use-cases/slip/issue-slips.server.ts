import { SLIP_CODE_LENGTH, writeCode } from "#app/domain/codes.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { lockProject } from "#db/queries/intents.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { insertSlips, listSlips, revokeSlips, slipNumbers } from "#db/queries/slips.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/** The typed code of a flat's slip: 60 bits, made from the data key, so that it can be printed again and stands nowhere. */
export function slipCode(vault: Vault, flatId: number, number: number): string {
  return writeCode(vault.hash("slip-code", `${flatId} ${number}`), SLIP_CODE_LENGTH);
}

/**
 * Makes a slip for each flat of a stairwell that has none in force; with `renew`, withdraws those in force first.
 *
 * Refusal: `stairwell_unknown`.
 */
export function issueSlips(
  deps: Deps,
  { stairwell, renew, accountId, formKey }: { stairwell: string; renew: boolean; accountId: number; formKey: string },
): Promise<Outcome<{ issued: number }>> {
  return transact(deps, { key: formKey, action: `slips ${stairwell}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = place;
    await lockProject(tx, stairwellId);
    if (renew) await revokeSlips(tx, stairwellId, deps.now);
    const numbers = await slipNumbers(tx, stairwellId);
    const missing = (await listSlips(tx, stairwellId)).filter((flat) => flat.number === null);
    await insertSlips(
      tx,
      missing.map(({ flatId }) => {
        const number = (numbers.get(flatId) ?? 0) + 1;
        const codeHash = deps.vault.hash("slip", slipCode(deps.vault, flatId, number));
        return { flatId, number, codeHash, createdAt: deps.now, createdBy: accountId };
      }),
    );
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: renew ? "slips-renewed" : "slips-issued", subject: "slips", content: { issued: missing.length },
    });
    return { issued: missing.length };
  });
}
