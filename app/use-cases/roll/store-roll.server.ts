import { transact, type Deps, type Outcome } from "../transact.server.ts";
import { applyRoll, type RollGiven, type RollStored } from "./apply-roll.server.ts";

/**
 * Stores an owners' roll (业主清册) that was read from a file, all of it or nothing.
 *
 * @param formKey null where no form was posted
 * Refusals: those of `applyRoll`.
 */
export function storeRoll(deps: Deps, { formKey, ...roll }: RollGiven & { formKey: string | null }): Promise<Outcome<RollStored>> {
  const form = formKey === null ? null : { key: formKey, action: `roll ${roll.stairwell} ${roll.fileDigest.toString("hex")}` };
  return transact(deps, form, (tx) => applyRoll(tx, deps, roll));
}
