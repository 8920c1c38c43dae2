import { lookAtBallots } from "#app/use-cases/consultation/look-at-ballots.server.ts";
import type { Db } from "#db/client.server.ts";
import { done } from "./consultations.ts";
import { formKey, testVault } from "./factories.ts";

/** Lets an account of the committee see the single ballots of a consultation for twelve hours, as its own answer would. */
export async function mayLook(db: Db, { consultation, accountId, now = new Date() }: { consultation: string; accountId: number; now?: Date }): Promise<void> {
  await done(lookAtBallots({ db, vault: testVault, now }, { consultation, purpose: "record", reason: undefined, mayRecord: true, accountId, formKey: formKey() }));
}
