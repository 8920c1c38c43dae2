import { randomBytes } from "node:crypto";
import { readCode, RECEIPT_LENGTH, SLIP_CODE_LENGTH, writeCode } from "#app/domain/codes.ts";
import { whyIntentIsRefused, type IntentChoice, type Worry } from "#app/domain/intent.ts";
import { insertConsent } from "#db/queries/consents.server.ts";
import { countIntents, findFlat, findSlip, insertContact, insertIntent, lockProject } from "#db/queries/intents.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { tellOwners, type Telling } from "../assisted/tell-owners.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { settleReserve } from "./settle-reserve.server.ts";

export interface IntentFiling {
  stairwell: string;
  room: string;
  choice: IntentChoice;
  worry: Worry | null;
  /** Whether somebody in the household needs help with the stairs; null or missing when they did not say. */
  needsHelp?: boolean | null;
  channel: "online" | "paper" | "assisted";
  name: string | null;
  phone: string | null;
  /** The typed code of the flat's slip, if the filer has it. */
  slipCode: string | null;
  /** Flats that the filer is signed in for: bound to the account by the phone on the roll. */
  ownFlatIds: readonly number[];
  /** Who typed it, for paper and assisted filings; their word makes it count. */
  accountId: number | null;
  /** For an assisted filing: who said it, and how the owners are told. */
  telling?: Telling | null;
  formKey: string;
}

/**
 * Files an intent (意愿填报) for a flat. It counts at once when it comes with the flat's slip, from somebody signed in by
 * the phone on its roll, or from the committee, else it waits to be confirmed. Stairwells whose counting intents reach two thirds enter the reserve with it.
 * What was filed for an owner (代填) is told to the owners' phones, with a link by which to object.
 *
 * Refusals: `flat_unknown`, `slip_unknown` (or of another flat), `in_use`, and for an assisted filing those of
 * `whySpeakerIsRefused`.
 */
export function fileIntent(deps: Deps, filing: IntentFiling): Promise<Outcome<{ receipt: string; counts: boolean; told: string[] }>> {
  const { vault, now } = deps;
  return transact(deps, { key: filing.formKey, action: `intent ${filing.stairwell}` }, async (tx) => {
    const flat = await findFlat(tx, filing.stairwell, filing.room);
    if (!flat) refuse({ code: "flat_unknown", at: "room" });
    const bySlip = filing.slipCode !== null;
    if (filing.slipCode !== null) {
      const code = readCode(filing.slipCode, SLIP_CODE_LENGTH);
      const slip = code === null ? undefined : await findSlip(tx, vault.hash("slip", code));
      if (slip?.flatId !== flat.id) refuse({ code: "slip_unknown", at: "slip" });
    }

    const project = await lockProject(tx, flat.stairwellId);
    const problem = whyIntentIsRefused(project);
    if (problem) refuse(problem);

    const before = await countIntents(tx, flat.stairwellId);
    const receipt = writeCode(randomBytes(8), RECEIPT_LENGTH);
    const knownBy = filing.accountId !== null ? "committee" : bySlip ? "slip" : filing.ownFlatIds.includes(flat.id) ? "phone" : null;
    const intentId = await insertIntent(tx, {
      subdistrictId: flat.subdistrictId,
      stairwellId: flat.stairwellId,
      flatId: flat.id,
      choice: filing.choice,
      worry: filing.worry,
      needsHelp: filing.needsHelp ?? null,
      channel: filing.channel,
      knownBy,
      filedAt: now,
      filedBy: filing.accountId,
      receipt,
    });
    await insertContact(tx, {
      intentId,
      subdistrictId: flat.subdistrictId,
      nameCipher: filing.name === null ? null : vault.seal(filing.name),
      phoneCipher: filing.phone === null ? null : vault.seal(filing.phone),
    });
    if (filing.accountId === null && (filing.name ?? filing.phone)) await insertConsent(tx, { subdistrictId: flat.subdistrictId, intentId, now });
    await appendLog(tx, {
      stairwellId: flat.stairwellId,
      subdistrictId: flat.subdistrictId,
      at: now,
      actor: filing.accountId === null ? "resident" : byAccount(filing.accountId),
      verb: "intent-filed",
      subject: `intent:${intentId}`,
      content: { room: flat.room, choice: filing.choice, worry: filing.worry, channel: filing.channel, knownBy },
    });
    if (knownBy !== null) await settleReserve(tx, project, before, now);
    if (!filing.telling) return { receipt, counts: knownBy !== null, told: [] };
    const { subdistrictId, stairwellId, room } = flat;
    const { phones } = await tellOwners(tx, deps, {
      telling: filing.telling, stairwell: filing.stairwell, room, subdistrictId, stairwellId, flatId: flat.id, intentId, ballotId: null,
    });
    return { receipt, counts: knownBy !== null, told: phones };
  });
}
