import type { Tx } from "#db/client.server.ts";
import { lockProjectOf } from "#db/queries/consultations.server.ts";
import { listPlans, listPlanVotes } from "#db/queries/plans.server.ts";

/** Takes hold of a stairwell's project and reads its plans, and which of them are voted on; undefined for an unknown code. */
export async function lockPlans(tx: Tx, stairwell: string) {
  const project = await lockProjectOf(tx, stairwell);
  if (!project) return undefined;
  const plans = await listPlans(tx, project.stairwellId);
  const votes = await listPlanVotes(tx, project.stairwellId);
  return { ...project, plans, voted: votes.flatMap(({ publishedAt, number }) => (publishedAt === null && number !== null ? [number] : [])) };
}
