import { LEASE_SECONDS, whatToDo } from "#app/domain/long-job.ts";
import type { Problem } from "#app/domain/problem.ts";
import { withTransaction } from "#db/client.server.ts";
import { claimStack, endStack, lockStack, markFlat, type OrderedStack } from "#db/queries/handout-stacks.server.ts";
import type { Deps } from "../transact.server.ts";

/** Where the PDF of a stack is kept: it opens nowhere else. */
export const placeOfStack = (id: string) => `handout-stack/${id}`;

/** Draws what was ordered and tells after each flat how many are drawn; null where its sheets are not printed any more. */
export type DrawOrder = (order: OrderedStack, onFlat: (drawn: number) => Promise<void>) => Promise<{ bytes: Uint8Array; pages: number } | null>;

/**
 * Makes a stack that was ordered, and keeps it sealed. May be tried by several processes at once: one claims it, for as
 * long as it goes on from flat to flat; after a crash another begins anew.
 *
 * @returns what became of it; null where another is at it, or was
 */
export async function makeStack({ db, vault }: Deps, id: string, { draw, clock }: { draw: DrawOrder; clock: () => Date }): Promise<{ pages: number } | { refused: Problem } | null> {
  const until = () => new Date(clock().getTime() + LEASE_SECONDS * 1_000);
  const end = async (refused: Problem) => {
    await withTransaction(db, (tx) => endStack(tx, id, clock(), { refused }));
    return { refused };
  };
  const { order, toDo } = await withTransaction(db, async (tx) => {
    const order = await lockStack(tx, id);
    const toDo = order ? whatToDo(order, clock()) : "nothing";
    if (order && toDo === "begin") await claimStack(tx, id, { tries: order.tries + 1, until: until() });
    return { order, toDo };
  });
  if (!order || toDo === "nothing") return null;
  if (toDo === "give-up") return end({ code: "stack_not_made" });
  const drawn = await draw(order, (flat) => markFlat(db, id, flat, until()));
  if (!drawn) return end({ code: "stack_closed" });
  const { bytes, pages } = drawn;
  if (pages === 0) return end({ code: "stack_empty" });
  const sealed = vault.sealBytes(bytes, placeOfStack(id));
  await withTransaction(db, (tx) => endStack(tx, id, clock(), { pages, sealed }));
  return { pages };
}
