import { whyCheckIsRefused } from "#app/domain/ballot-end.ts";
import { whyReasonIsRefused } from "#app/domain/consultation.ts";
import { missingImage } from "#app/domain/paper.ts";
import type { Tx } from "#db/client.server.ts";
import { listOwnersOfFlat } from "#db/queries/bindings.server.ts";
import { findPlace, readFlat } from "#db/queries/flats.server.ts";
import { lockBallot } from "#db/queries/ballots.server.ts";
import { listOwnerNames } from "#db/queries/consultations.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { queueMessage } from "../outbox/queue-message.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { settledByDatabase } from "./settled-by-database.server.ts";

/** A message that could not be sent for so long is not sent any more. */
const DAYS_OF_USE = 2;

/** What the second person finds: the entry is what the paper says, or what is wrong with it. */
export type CheckVerdict = { verdict: "confirmed" } | { verdict: "disagreed"; note: string };

/** The words by which the owners are told the receipt of their ballot on paper. */
export interface ReceiptWords {
  message: (about: { home: string; receipt: string; call: string }) => string;
  nameHome: (place: { community: string; entrance: string; room: string }) => string;
}

export type BallotCheck = CheckVerdict & {
  consultation: string;
  /** The ballot's number in its consultation. */
  seq: number;
  accountId: number;
  formKey: string;
  /** Without them nobody is told. */
  words?: ReceiptWords;
};

/**
 * A second person compares a ballot from paper with its entry, by its image: confirmed it counts, disagreed with it
 * counts as never cast and goes back to whoever recorded it, with the note. Of one that counts the phones on the roll get
 * the receipt, without the choice: whoever gave no ballot hears of it.
 *
 * Refusals: `ballot_unknown`, those of `whyCheckIsRefused`, `image_missing`, `reason_names_owner`.
 */
export function checkBallot(deps: Deps, check: BallotCheck): Promise<Outcome<{ room: string }>> {
  const { consultation: code, seq, verdict, accountId, formKey } = check;
  const note = check.verdict === "disagreed" ? check.note : null;
  const checked = transact(deps, { key: formKey, action: `check ${code} ${seq} ${verdict}` }, async (tx) => {
    const ballot = await lockBallot(tx, code, seq);
    if (!ballot) refuse({ code: "ballot_unknown" });
    const { id: ballotId, room, stairwellId, subdistrictId, consultationId } = ballot;
    const problem =
      whyCheckIsRefused(ballot, accountId) ??
      (note === null ? null : whyReasonIsRefused(note, await listOwnerNames(tx, consultationId), "note"));
    if (problem) refuse(problem);
    if (verdict === "confirmed" && missingImage(ballot) !== null) refuse({ code: "image_missing" });

    if (verdict === "confirmed" && check.words && ballot.receipt !== null) await tellReceipt(tx, deps, { ...ballot, receipt: ballot.receipt }, check.words);
    await tx.insertInto("ballotCheck").values({ ballotId, subdistrictId, verdict, note, accountId, at: deps.now }).execute();
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "ballot-checked",
      subject: `ballot:${ballotId}`,
      content: { consultation: code, room, seq, verdict, note },
    });
    return { room };
  });
  return settledByDatabase(checked);
}

async function tellReceipt(tx: Tx, deps: Deps, { flatId, receipt, subdistrictId }: { flatId: number; receipt: string; subdistrictId: number }, words: ReceiptWords): Promise<void> {
  const { room, stairwell } = await readFlat(tx, flatId);
  const place = await findPlace(tx, stairwell);
  if (!place) return;
  const about = { home: words.nameHome({ ...place, room }), receipt, call: place.phone };
  const phones = (await listOwnersOfFlat(tx, flatId)).flatMap(({ phoneCipher }) => (phoneCipher ? [deps.vault.open(phoneCipher)] : []));
  const expiresAt = new Date(deps.now.getTime() + DAYS_OF_USE * 86_400_000);
  for (const phone of new Set(phones)) {
    await queueMessage(tx, deps, { kind: "ballot-recorded", phone, subdistrictId, text: words.message(about), params: about, expiresAt });
  }
}
