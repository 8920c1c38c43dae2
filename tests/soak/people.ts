import type { Db } from "#db/client.server.ts";
import { openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { createAccount, createCommunity } from "../support/factories.ts";
import { mayLook } from "../support/looks.ts";
import { sessionToken } from "../support/sessions.ts";

export interface Writer {
  /** The session's cookie. */
  cookie: string;
  /** The flat of this person in each of the consultations, by its code. */
  rooms: Map<string, string>;
}

export interface People {
  consultations: OpenedConsultation[];
  writers: Writer[];
  /** The clerk who sends in paper for the first consultation. */
  clerk: { cookie: string; accountId: number };
}

const FLOORS = 10;
const cookieOf = async (db: Db, accountId: number) => `jiati=${await sessionToken(db, accountId)}`;

/** As many consultations as told, each open since an hour over a stairwell in which each writer owns one flat. */
export async function createPeople(db: Db, { consultations, writers }: { consultations: number; writers: number }): Promise<People> {
  const community = await createCommunity(db);
  const { subdistrictId } = community;
  const opened: OpenedConsultation[] = [];
  for (let no = 0; no < consultations; no++) {
    const shape = { community, floors: FLOORS, flatsPerFloor: Math.ceil(writers / FLOORS), areas: [4_150, 5_920, 6_000, 7_335] };
    opened.push(await openedConsultation(db, { ...shape, now: new Date(Date.now() - 3_600_000) }));
  }
  const people: Writer[] = [];
  for (let no = 0; no < writers; no++) {
    const flats = opened.map(({ consultation, stairwell }) => ({ consultation, flat: stairwell.flats[no] }));
    const accountId = await createAccount(db, "resident", { subdistrictId, scopeId: flats[0]?.flat?.id ?? null });
    const others = flats.slice(1).map(({ flat }) => ({ accountId, role: "resident", scope: "flat", scopeId: flat?.id ?? null, way: "roll" }) as const);
    if (others.length > 0) await db.insertInto("grant").values(others).execute();
    people.push({ cookie: await cookieOf(db, accountId), rooms: new Map(flats.map(({ consultation, flat }) => [consultation, flat?.room ?? ""])) });
  }
  const [first] = opened;
  if (!first) throw new RangeError("no consultation");
  await mayLook(db, { consultation: first.consultation, accountId: first.clerk });
  return { consultations: opened, writers: people, clerk: { cookie: await cookieOf(db, first.clerk), accountId: first.clerk } };
}
