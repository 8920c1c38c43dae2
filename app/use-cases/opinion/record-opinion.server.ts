import { isOver } from "#app/domain/notice-clock.ts";
import { whyOpinionIsRefused, type OpinionKind } from "#app/domain/opinion.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { Tx } from "#db/client.server.ts";
import { findFlat } from "#db/queries/intents.server.ts";
import { appendLog, lockChain, touchPages } from "#db/queries/log.server.ts";
import { findNotice } from "#db/queries/notices.server.ts";
import { holdStage, insertOpinion, listFlatsNear } from "#db/queries/opinions.server.ts";
import { digestOf } from "../digest.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/** An owner with the own account, or somebody whose paper or call a clerk takes down. */
export type OpinionGiver =
  | { channel: "online"; accountId: number; flatIds: readonly number[] }
  | { channel: "paper" | "phone"; accountId: number; name: string | null; phone: string | null; receivedOn: string | null };

export interface OpinionRecord {
  notice: number;
  kind: OpinionKind;
  /** The flat that it is about, where it is said. */
  room: string | null;
  text: string;
  by: OpinionGiver;
  formKey: string;
}

/**
 * Records an opinion on a notice; an objection opens its mediation. Words and contact are sealed. Nothing of it shows on
 * public pages before the notice's period is over: a count that ticks would tell neighbours who wrote.
 *
 * Refusals: `notice_unknown`, those of `whyOpinionIsRefused`, `flat_unknown` (at room), `not_owner_here` online for who
 * has no flat in the community.
 */
export function recordOpinion(deps: Deps, { notice: noticeId, kind, room, text, by, formKey }: OpinionRecord): Promise<Outcome<{ opinion: number }>> {
  const { vault, now } = deps;
  const today = shanghaiDay(now);
  return transact(deps, { key: formKey, action: `opinion ${noticeId} ${kind} ${room ?? ""} ${text}` }, async (tx) => {
    const place = await findNotice(tx, noticeId);
    if (!place?.publishedAt) refuse({ code: "notice_unknown" });
    const { stairwellId, subdistrictId, publishedAt } = place;
    // Held in the order of all moves: the project first, then the chain, under which a withdrawal is written.
    const stage = await holdStage(tx, stairwellId);
    const chain = await lockChain(tx, stairwellId);
    const notice = (await findNotice(tx, noticeId)) ?? place;
    const receivedOn = by.channel === "online" ? today : (by.receivedOn ?? today);
    const problem = whyOpinionIsRefused(
      { opinionDays: notice.opinionDays, withdrawn: notice.withdrawnBy !== null, publishedOn: shanghaiDay(publishedAt), endsOn: notice.endsOn, stage },
      receivedOn, today,
    );
    if (problem) refuse(problem);
    const flatId = await findFlatOf(tx, { stairwell: place.stairwell, stairwellId, room, by });

    const textCipher = vault.seal(text);
    const said = by.channel === "online" ? null : { name: by.name, phone: by.phone };
    const opinion = await insertOpinion(tx, {
      subdistrictId, stairwellId, noticeId, flatId, kind, channel: by.channel, textCipher, receivedOn,
      openedBy: by.channel === "online" ? by.accountId : null,
      takenBy: by.channel === "online" ? null : by.accountId,
      contactCipher: said?.name || said?.phone ? vault.seal(JSON.stringify(said)) : null,
      contactHash: said?.phone ? vault.hash("phone", said.phone) : null,
      at: now,
    });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(by.accountId),
      verb: "opinion-received",
      subject: `opinion:${opinion}`,
      content: { notice: noticeId, kind, channel: by.channel, receivedOn, text: digestOf(textCipher) },
    }, chain);
    if (notice.endsOn !== null && isOver(notice.endsOn, now)) await touchPages(tx, [`stairwell:${stairwellId}`]);
    return { opinion };
  });
}

async function findFlatOf(tx: Tx, { stairwell, stairwellId, room, by }: { stairwell: string; stairwellId: number; room: string | null; by: OpinionGiver }): Promise<number | null> {
  if (by.channel !== "online") {
    const flat = room === null ? undefined : await findFlat(tx, stairwell, room);
    if (room !== null && !flat) refuse({ code: "flat_unknown", at: "room" });
    return flat?.id ?? null;
  }
  const own = await listFlatsNear(tx, stairwellId, by.flatIds);
  if (own.length === 0) refuse({ code: "not_owner_here" });
  const named = room === null ? (own.length === 1 ? own[0] : undefined) : own.find((flat) => flat.room === room);
  if (room !== null && !named) refuse({ code: "flat_unknown", at: "room" });
  return named?.id ?? null;
}
