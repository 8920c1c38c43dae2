import { intentBand, reserveAfter } from "#app/domain/stages.ts";
import type { Tx } from "#db/client.server.ts";
import { countIntents, type lockProject } from "#db/queries/intents.server.ts";
import { appendLog, touchPages, type Actor } from "#db/queries/log.server.ts";
import { moveStage, setReserve } from "#db/queries/projects.server.ts";

type Counts = Awaited<ReturnType<typeof countIntents>>;

/**
 * Counts the stairwell's intents after a change in the same transaction and lets it enter or leave the reserve. Public
 * pages are touched only where the band that they show has changed.
 *
 * @param before the counts before the change, taken while holding the project
 */
export async function settleReserve(tx: Tx, project: Awaited<ReturnType<typeof lockProject>>, before: Counts, now: Date): Promise<void> {
  const counts = await countIntents(tx, project.stairwellId);
  if (intentBand(counts) !== intentBand(before)) await touchPages(tx, [`stairwell:${project.stairwellId}`]);
  // With its first filing a stairwell appears in the figures of the district.
  if (counts.filed === 1) await touchPages(tx, ["district"]);
  const { reserveSince, move } = reserveAfter(project, counts, now);
  const entered = reserveSince !== null && project.reserveSince === null;
  const left = reserveSince === null && project.reserveSince !== null;
  if (!entered && !left && !move) return;

  const { stairwellId, subdistrictId } = project;
  const actor: Actor = "portal";
  await setReserve(tx, stairwellId, reserveSince);
  if (move) await moveStage(tx, { stairwellId, subdistrictId, ...move, reason: null, accountId: null, at: now });
  await appendLog(tx, {
    stairwellId, subdistrictId, at: now, actor,
    verb: entered ? "reserve-entered" : "reserve-left",
    subject: "project",
    content: { ...counts, ...(move && { from: move.from, to: move.to }) },
  });
  await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
}
