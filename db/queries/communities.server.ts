import type { CommunityProgress } from "#app/domain/progress.ts";
import type { Db } from "../client.server.ts";
import { listProgress } from "./progress.server.ts";
import { listStairwells, type ListedStairwell } from "./stairwells.server.ts";

const inOrder = new Intl.Collator("zh-CN", { numeric: true });

/** A community with its counts and its stairwells, building by building; undefined for an unknown code. */
export async function readCommunity(
  db: Db,
  code: string,
): Promise<{ community: CommunityProgress; stairwells: ListedStairwell[] } | undefined> {
  const [[community], stairwells] = await Promise.all([listProgress(db, { community: code }), listStairwells(db, { community: code })]);
  stairwells.sort((a, b) => inOrder.compare(a.building, b.building) || inOrder.compare(a.entrance, b.entrance));
  return community && { community, stairwells };
}
