import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { insertSiteContact } from "#db/queries/site-silence.server.ts";
import { digestOf } from "../digest.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Sets which phones of committee and agent hear of a site that has fallen silent; either may be none.
 *
 * Refusals: `stairwell_unknown`.
 */
export function setSiteContact(
  deps: Deps,
  { stairwell, committee, agent, accountId, formKey }: { stairwell: string; committee: string | null; agent: string | null; accountId: number; formKey: string },
): Promise<Outcome<{ phones: number }>> {
  return transact(deps, { key: formKey, action: `site contact ${stairwell} ${committee ?? ""} ${agent ?? ""}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = place;
    const seal = (phone: string | null) => (phone === null ? null : deps.vault.seal(phone));
    const [committeePhoneCipher, agentPhoneCipher] = [seal(committee), seal(agent)];
    await insertSiteContact(tx, { subdistrictId, stairwellId, committeePhoneCipher, agentPhoneCipher, accountId, at: deps.now });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "site-contact-set",
      subject: "project",
      content: { committee: digestOf(committeePhoneCipher), agent: digestOf(agentPhoneCipher) },
    });
    return { phones: [committee, agent].filter((phone) => phone !== null).length };
  });
}
