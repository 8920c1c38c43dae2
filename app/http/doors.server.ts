import { readRowNumber } from "#app/domain/row-number.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { doorOf, doorPurpose, isDoorOpen, nextDoor } from "#app/domain/visit.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { findVisit, findVisitsSince, listDoorFlats, listVisits } from "#db/queries/visits.server.ts";
import type { PortalContext } from "./context.server.ts";
import { accountOf } from "./desk.server.ts";
import { newFormKey } from "./forms.server.ts";

/**
 * The stairwell with its flats that are still to be reached, each with how far it has come.
 *
 * @throws Response 404 for an unknown stairwell
 */
export async function readDoors({ db, now }: PortalContext, code: string) {
  const place = await findPlace(db, code);
  if (!place) throw new Response(null, { status: 404 });
  const { stairwellId, stage } = place;
  const [flats, since] = await Promise.all([listDoorFlats(db, stairwellId, now), findVisitsSince(db, stairwellId, now)]);
  const visits = await listVisits(db, { stairwellId, since });
  const purpose = doorPurpose(flats, stage);
  const all = flats.map(({ flatId, room, floor, filed, ...known }) => ({
    flatId, room, floor,
    filed: purpose === "intent" && filed,
    open: isDoorOpen(purpose, known),
    ...doorOf(visits.filter((visit) => visit.flatId === flatId)),
  }));
  const doors = all.filter(({ open }) => open);
  return { place, purpose, all, doors, visits, next: (room: string) => nextDoor(doors, room, shanghaiDay(now)) ?? null };
}

/** The visit that the address says was just recorded, by whoever looks. */
export async function readDone(context: PortalContext, request: Request, stairwellId: number) {
  const visit = await findVisit(context.db, stairwellId, readRowNumber(new URL(request.url).searchParams.get("done")));
  if (!visit || visit.undone || visit.accountId !== accountOf(context)) return null;
  return { id: visit.id, room: visit.room, outcome: visit.outcome, formKey: newFormKey() };
}
