import { afterMove, checklistOf, nextStage, type ProjectFacts, type StageMove } from "#app/domain/stage-moves.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { SideState } from "#app/domain/stages.ts";
import type { Tx } from "#db/client.server.ts";
import { listEvidence } from "#db/queries/evidence.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { moveSide, moveStage, setInUse, setStartedOn } from "#db/queries/projects.server.ts";
import { byAccount } from "../transact.server.ts";

export interface MovedProject {
  stairwellId: number;
  subdistrictId: number;
  accountId: number;
}

/** How the log calls what happens to the state beside the stage. */
const sideVerbs = {
  pause: "project-paused",
  resume: "project-resumed",
  dispute: "project-disputed",
  settle: "project-settled",
  end: "project-ended",
} as const;

/**
 * Takes a move that was not refused, within the transaction that holds the project: the row, where the project stands,
 * the entry in the log with actor and evidence, and the public pages.
 */
export async function takeMove(tx: Tx, now: Date, project: MovedProject, facts: ProjectFacts, move: StageMove): Promise<void> {
  if (move.kind === "forward" || move.kind === "back") return step(tx, now, project, facts, move);
  const side = { reason: "reason" in move ? move.reason : null, owner: null, nextDay: null, ...(move.kind === "pause" && { owner: move.owner, nextDay: move.nextDay }) };
  await changeSide(tx, now, project, { verb: sideVerbs[move.kind], from: facts.sideState, to: afterMove(facts, move).sideState, ...side });
}

async function step(tx: Tx, now: Date, { stairwellId, subdistrictId, accountId }: MovedProject, facts: ProjectFacts, move: StageMove): Promise<void> {
  const [from, to] = [facts.stage, afterMove(facts, move).stage];
  const reason = "reason" in move ? move.reason : null;
  const id = await moveStage(tx, { stairwellId, subdistrictId, from, to, reason, accountId, at: now });
  const evidence = await listEvidence(tx, stairwellId);
  // A start that was taken back is none; coming forward again it is the one on record.
  if (from === "construction" && to === "approval") await setStartedOn(tx, stairwellId, null);
  if (to === "construction") await setStartedOn(tx, stairwellId, evidence.find(({ kind }) => kind === "start-date")?.day ?? null);
  if (to === "in-use") await setInUse(tx, stairwellId, shanghaiDay(now));
  const asked = to === nextStage(from) ? checklistOf(facts).map(({ requirement }) => requirement as string) : [];
  await appendLog(tx, {
    stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
    verb: "stage-moved",
    subject: `stage-move:${id}`,
    content: { from, to, reason, asked, evidence: evidence.filter(({ kind }) => asked.includes(kind)).map((one) => one.id) },
  });
  await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
}

/** Stops a project or lets it go on; an assessment does so beside the moves that people make. */
export async function changeSide(
  tx: Tx,
  now: Date,
  { stairwellId, subdistrictId, accountId }: MovedProject,
  { verb, ...side }: { verb: string; from: SideState | null; to: SideState | null; reason: string | null; owner: string | null; nextDay: string | null },
): Promise<void> {
  const id = await moveSide(tx, { ...side, stairwellId, subdistrictId, accountId, at: now });
  await appendLog(tx, { stairwellId, subdistrictId, at: now, actor: byAccount(accountId), verb, subject: `side-move:${id}`, content: side });
  await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
}
