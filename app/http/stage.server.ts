import type { Mover } from "#app/domain/stage-moves.ts";
import type { PortalContext } from "./context.server.ts";
import { isOfCommittee, stairwellsOf } from "./desk.server.ts";

/** What the signed-in person is for a stairwell, as far as it moves its project. */
export function moversOf(context: PortalContext, { stairwellId, committeeId }: { stairwellId: number; committeeId: number }): ReadonlySet<Mover> {
  const granted = (["assessor", "contractor"] as const).filter((role) => stairwellsOf(context, role).includes(stairwellId));
  return new Set<Mover>([...granted, ...(isOfCommittee(context, committeeId) ? (["committee"] as const) : [])]);
}

/** Whether a posted form comes with files, where a page has forms of both kinds. */
export function comesWithFiles(request: Request): boolean {
  return /^multipart\/form-data\b/i.test(request.headers.get("Content-Type") ?? "");
}
