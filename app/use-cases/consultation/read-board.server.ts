import type { Board } from "#app/domain/board.ts";
import { shownTests } from "#app/domain/public-consultation.ts";
import { tallyRows } from "#app/domain/tally.ts";
import { findStairwellOfUnit, listBoardFlats, listBoardStairwells, listWaitingUnits } from "#db/queries/board.server.ts";
import { findConsultation, readConsultationRows } from "#db/queries/consultations.server.ts";
import { countWaitingPages, listWaitingPages } from "#db/queries/paper.server.ts";
import { findPlanOf } from "#db/queries/plans.server.ts";
import type { Deps } from "../transact.server.ts";

export interface BoardAsked {
  consultation: string;
  /** The flat that is to be shown, or else the stairwell. */
  unit?: string | null;
  stairwell?: string | null;
  /** The page of paper that is being typed: those that follow it come first. */
  page?: number | undefined;
}

/** Flats that are named; of more only the number is told. */
const MOST_NAMED = 12;

/** Pages of paper that are sent along; the others come up when these are typed. */
const MOST_PAGES = 30;

/**
 * Reads what a clerk's board shows of a consultation: one of its stairwells, by default the first with a flat that has
 * no ballot, and the sums of all. A handful of queries, however many flats there are; undefined where there is no such
 * consultation.
 */
export async function readBoard({ db, now }: Pick<Deps, "db" | "now">, asked: BoardAsked): Promise<Board | undefined> {
  const consultation = await findConsultation(db, asked.consultation);
  if (!consultation) return undefined;
  const { id, certificate, closesAt, closedAt, publishedAt, withdrawnAt } = consultation;
  const [rows, stairwells, ofUnit, waiting, pages, count, plan] = await Promise.all([
    readConsultationRows(db, id),
    listBoardStairwells(db, id),
    asked.unit ? findStairwellOfUnit(db, id, asked.unit) : undefined,
    listWaitingUnits(db, id),
    closedAt ? [] : listWaitingPages(db, id, { from: asked.page ?? 0, limit: MOST_PAGES }),
    countWaitingPages(db, id),
    findPlanOf(db, id),
  ]);
  const given = stairwells.find(({ code }) => code === (ofUnit ?? asked.stairwell));
  const shown = (given ?? stairwells.find(({ flats, returned }) => returned < flats) ?? stairwells[0])?.code ?? consultation.stairwell;
  const { passed, outlook, toPass, participated, roll, ...result } = certificate?.result ?? tallyRows(rows);
  const named = (units: string[]) => ({ units: units.slice(0, MOST_NAMED), count: units.length });
  const ended = withdrawnAt ? "withdrawn" : publishedAt ? "published" : certificate ? "certified" : closedAt ? "closed" : null;
  return {
    code: consultation.code,
    stairwell: consultation.stairwell,
    name: `${consultation.community} ${consultation.building}${consultation.entrance}`,
    phone: consultation.committeePhone,
    closesAt: closesAt.toISOString(),
    plan: plan ? { number: plan.number, version: plan.version } : null,
    state: ended ?? (now > closesAt ? "due" : "open"),
    stairwells,
    shown,
    flats: await listBoardFlats(db, id, shown),
    tests: shownTests({ ...result, passed, outlook, toPass, participated, roll }),
    result: { passed, outlook, toPass, participated, roll },
    unchecked: named(waiting.unchecked),
    pendingVoids: named(waiting.pendingVoids),
    paper: { pages, count },
  };
}
