import { randomBytes } from "node:crypto";
import type { PaperChannel } from "#app/domain/board.ts";
import { RECEIPT_LENGTH, writeCode } from "#app/domain/codes.ts";
import { whyBallotIsOutdated, whyBallotIsRefused } from "#app/domain/consultation.ts";
import { whyPageIsRefused, type PageRole } from "#app/domain/paper.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { Choice } from "#app/domain/tally.ts";
import { insertBallot, insertSignature, lockForBallot, readRecorded } from "#db/queries/ballots.server.ts";
import { holdFile } from "#db/queries/files.server.ts";
import { readFlat } from "#db/queries/flats.server.ts";
import { appendLog, lockChain } from "#db/queries/log.server.ts";
import { insertImage, readPageState } from "#db/queries/paper.server.ts";
import { tellOwners, type Telling } from "../assisted/tell-owners.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { settledByDatabase } from "./settled-by-database.server.ts";

/** By a resident for one of the own flats, or recorded by the committee. */
export type BallotWay =
  | {
      channel: "online";
      flatIds: readonly number[];
      /** The stored file of a signature drawn on the screen. */
      signature?: string | undefined;
    }
  | {
      channel: PaperChannel;
      receivedOn?: string | undefined;
      /** The uploaded page that it is typed from; without one it cannot be confirmed until it gets one. */
      page?: number | undefined;
      /** Kept for a proxy only, as is the page on which it is. */
      authorisation?: string | undefined;
      authorisationPage?: number | undefined;
    };

export type BallotCasting = BallotWay & {
  consultation: string;
  room: string;
  choice: Choice;
  /** The number of the flat's newest ballot as the person saw it, null for none; undefined asks nothing. */
  seen?: number | null | undefined;
  accountId: number;
  /** For an assisted ballot: who said it, and how the owners are told. */
  telling?: Telling | null;
  formKey: string;
};

/**
 * Casts a ballot (表决票) for a flat of the roll; it counts in place of the flat's earlier ones, which stay on record.
 * A day of receipt that is not given is today. One that is not cast online counts once a second person has confirmed it.
 *
 * What was recorded for an owner (代填) is told to the owners' phones, with a link by which to object.
 *
 * Refusals: `file_store_away`, those of `whyBallotIsRefused`, `whyBallotIsOutdated` and `whyPageIsRefused`, and for an assisted ballot of
 * `whySpeakerIsRefused`.
 */
export function castBallot(deps: Deps, casting: BallotCasting): Promise<Outcome<{ receipt: string; seq: number; told: string[] }>> {
  const { now } = deps;
  const { consultation: code, room, choice, channel, seen, accountId, formKey } = casting;
  const receivedOn = channel === "online" ? null : (casting.receivedOn ?? shanghaiDay(now));
  const authorisation = channel === "proxy" ? (casting.authorisation ?? null) : null;
  const authorisationPage = channel === "proxy" ? (casting.authorisationPage ?? null) : null;
  const pages = pagesOf(casting);
  const cast = transact(deps, { key: formKey, action: `ballot ${code} ${room} ${choice} ${channel}` }, async (tx) => {
    const consultation = await lockForBallot(tx, code, room);
    if (!consultation) refuse({ code: "not_open" });
    const { id: consultationId, flatId, stairwellId, subdistrictId } = consultation;
    const mayCast = channel !== "online" || (flatId !== null && casting.flatIds.includes(flatId));
    const problem = whyBallotIsRefused(consultation, { onRoll: flatId !== null, mayCast }, {
      channel, authorisation, authorisationPage, receivedOn, now,
    });
    if (problem || flatId === null) refuse(problem ?? { code: "not_on_roll", at: "room" });

    const chain = await lockChain(tx, stairwellId);
    if (seen !== undefined || receivedOn !== null) {
      const outdated = whyBallotIsOutdated(await readRecorded(tx, { consultationId, flatId }), { seen, receivedOn });
      if (outdated) refuse(outdated);
    }
    for (const { pageId, role } of pages) {
      const refused = whyPageIsRefused(await readPageState(tx, { consultationId, pageId }), role);
      if (refused) refuse(refused);
    }
    const receipt = writeCode(randomBytes(8), RECEIPT_LENGTH);
    const { id, seq } = await insertBallot(tx, {
      subdistrictId, consultationId, flatId, choice, channel, authorisation, receivedOn, castAt: now, recordedBy: accountId, receipt,
    });
    for (const image of pages) await insertImage(tx, { ballotId: id, ...image, subdistrictId, accountId, at: now });
    const signature = casting.channel === "online" ? casting.signature : undefined;
    if (signature !== undefined) {
      if (!(await holdFile(tx, { fileId: signature, kind: "signature", subdistrictId }))) refuse({ code: "file_store_away", at: "signature" });
      await insertSignature(tx, { ballotId: id, subdistrictId, fileId: signature });
    }
    const entry = {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "ballot-cast",
      subject: `ballot:${id}`,
      content: { consultation: code, room, seq, choice, channel, receivedOn, ...(pages.length > 0 && { pages }), ...(signature !== undefined && { signature }) },
    };
    await appendLog(tx, entry, chain);
    if (channel !== "assisted" || !casting.telling) return { receipt, seq, told: [] };
    // On the roll of a community a flat is named with its door; its owners know it by its room.
    const home = await readFlat(tx, flatId);
    const { phones } = await tellOwners(tx, deps, { telling: casting.telling, ...home, subdistrictId, flatId, intentId: null, ballotId: id });
    return { receipt, seq, told: phones };
  });
  return settledByDatabase(cast);
}

function pagesOf(way: BallotWay): { pageId: number; role: PageRole }[] {
  if (way.channel === "online") return [];
  const pages = { ballot: way.page, authorisation: way.channel === "proxy" ? way.authorisationPage : undefined };
  return (["ballot", "authorisation"] as const).flatMap((role) => {
    const pageId = pages[role];
    return pageId === undefined ? [] : [{ pageId, role }];
  });
}
