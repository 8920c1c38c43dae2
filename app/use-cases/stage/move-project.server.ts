import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { afterMove, whyMoveIsRefused, type Mover, type StageMove } from "#app/domain/stage-moves.ts";
import type { Stage } from "#app/domain/stages.ts";
import { lockProjectOf } from "#db/queries/consultations.server.ts";
import { readProjectFacts } from "#db/queries/project-facts.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { takeMove } from "./take-move.server.ts";

export interface ProjectMove {
  stairwell: string;
  move: StageMove;
  /** The stage that the page showed. */
  seen: Stage;
  /** What the person is for this stairwell. */
  roles: ReadonlySet<Mover>;
  accountId: number;
  formKey: string;
}

/**
 * Moves a project one step on or back, stops it, lets it go on or ends it.
 *
 * Refusals: `stairwell_unknown`, `stage_changed` where it stands elsewhere by now, those of `whyMoveIsRefused`.
 */
export function moveProject(deps: Deps, { stairwell, move, seen, roles, accountId, formKey }: ProjectMove): Promise<Outcome<{ stage: Stage }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `move ${stairwell} ${seen} ${JSON.stringify(move)}` }, async (tx) => {
    const project = await lockProjectOf(tx, stairwell);
    if (!project) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId, stage } = project;
    if (stage !== seen) refuse({ code: "stage_changed" });
    const facts = await readProjectFacts(tx, stairwellId, now);
    const problem = whyMoveIsRefused(facts, move, { roles, today: shanghaiDay(now) });
    if (problem) refuse(problem);
    await takeMove(tx, now, { stairwellId, subdistrictId, accountId }, facts, move);
    return { stage: afterMove(facts, move).stage };
  });
}
