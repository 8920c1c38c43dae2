import { withTransaction } from "#db/client.server.ts";
import { forgetPersonRows, listOwnersOfPerson, listStairwellsOfPerson } from "#db/queries/forget-person.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import type { Deps } from "../transact.server.ts";

export interface Forgotten {
  /** Rows that were removed or lost what they said about the person. */
  rows: number;
  /** Whether the person still owns a flat and so stays on the register, from which the rolls of votes are made. */
  stillOwner: boolean;
}

/**
 * Removes what is kept about a person who asks for it (Personal Information Protection Law art. 47): the account, all
 * messages and codes, contacts and words of filings, requests and tickets with their photos, and of a former owner the
 * name, phone and ID number. Ballots, intents and the log keep what they prove, which names nobody; each stairwell's log
 * says that somebody was forgotten.
 *
 * @param phone eleven digits
 * @param idNumber as on the register, where the person is known by it as well
 */
export function forgetPerson({ db, vault, now }: Deps, { phone, idNumber }: { phone: string; idNumber: string | null }): Promise<Forgotten> {
  return withTransaction(db, async (tx) => {
    const person = { phone, phoneKey: vault.hash("phone", phone), idKey: idNumber === null ? null : vault.hash("id", idNumber) };
    const owners = await listOwnersOfPerson(tx, person);
    const former = owners.filter(({ owns }) => !owns);
    const ownerIds = owners.map(({ id }) => id);
    const stairwells = await listStairwellsOfPerson(tx, person, ownerIds);
    const rows = await forgetPersonRows(tx, vault, person, {
      ownerIds,
      formerOwnerIds: former.map(({ id }) => id),
      names: former.map(({ name }) => name),
      stairwellIds: stairwells.map(({ stairwellId }) => stairwellId),
      now,
    });
    for (const { stairwellId, subdistrictId } of rows > 0 ? stairwells : []) {
      await appendLog(tx, { stairwellId, subdistrictId, at: now, actor: "portal", verb: "person-forgotten", subject: "person", content: {} });
    }
    return { rows, stillOwner: former.length < owners.length };
  });
}
