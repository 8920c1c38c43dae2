import type { HandoutConsultation, ScannedFlat } from "#app/domain/handouts.ts";
import { paths } from "#app/paths.ts";
import { listBoardStairwells } from "#db/queries/board.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { listHandoutFlats } from "#db/queries/handouts.server.ts";
import { findPlanOf } from "#db/queries/plans.server.ts";
import type { PortalContext } from "./context.server.ts";

export interface Handouts {
  consultation: HandoutConsultation;
  consultationId: number;
  /** Those that the roll lies in; the sheets are of `consultation.place`. */
  stairwells: { code: string; name: string; flats: number }[];
  stairwellId: number;
  subdistrictId: number;
  /** Where the place is, for the window of an envelope. */
  address: string;
  /** Whether ballots are still taken in. */
  open: boolean;
  heads: number;
  /** Each with the address of its own place on the consultation's board. */
  flats: (ScannedFlat & { flatId: number })[];
}

/**
 * What the sheets of a consultation say, of one stairwell of its roll: the one that is asked for, else its own or the first.
 *
 * @throws Response 404 where there is no such consultation, or no such stairwell on its roll
 */
export async function readHandouts({ db, origin }: Pick<PortalContext, "db" | "origin">, code: string, asked: string | null): Promise<Handouts> {
  const found = await findConsultation(db, code);
  if (!found) throw new Response(null, { status: 404 });
  const [stairwells, plan] = await Promise.all([listBoardStairwells(db, found.id), findPlanOf(db, found.id)]);
  const chosen = asked === null ? (stairwells.find((one) => one.code === found.stairwell) ?? stairwells[0]) : stairwells.find((one) => one.code === asked);
  const place = chosen && (await findPlace(db, chosen.code));
  if (!place) throw new Response(null, { status: 404 });
  const flats = await listHandoutFlats(db, found.id, place.code);
  const { scope, community, building, entrance, committee, committeePhone: phone, openedAt, closesAt, ruleset } = found;
  return {
    consultation: { code, scope, community, building, entrance, committee, phone, openedAt, closesAt, ruleset, plan: plan ?? null, place: { code: place.code, building: place.building, entrance: place.entrance } },
    consultationId: found.id,
    stairwells: stairwells.map(({ code, name, flats: count }) => ({ code, name, flats: count })),
    stairwellId: place.stairwellId,
    subdistrictId: place.subdistrictId,
    address: place.address,
    open: found.closedAt === null,
    heads: new Set(flats.map(({ voter }) => voter)).size,
    flats: flats.map(({ flatId, unit, room, area, owners }) => ({ flatId, unit, room, area, owners, url: origin + paths.consultation(code, { room: unit }) })),
  };
}
