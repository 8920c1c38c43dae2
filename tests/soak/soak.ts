import { randomInt } from "node:crypto";
import { readdirSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import sharp from "sharp";
import { choices, tallyRows } from "#app/domain/tally.ts";
import { listStoredKeys } from "#app/use-cases/file/list-stored-keys.server.ts";
import { sweepFiles } from "#app/use-cases/file/sweep-files.server.ts";
import { checkRecord } from "#app/use-cases/record/recount-record.server.ts";
import { readConsultationRows } from "#db/queries/consultations.server.ts";
import { done, type OpenedConsultation } from "../support/consultations.ts";
import { testVault } from "../support/factories.ts";
import { ask, hiddenFields, type Weather } from "./ask.ts";
import { createPeople, type Writer } from "./people.ts";
import type { Place } from "./place.ts";

export interface SoakSize {
  writers: number;
  consultations: number;
  /** All ballots together. */
  ballots: number;
  /** How often each of the two is killed. */
  kills: number;
  /** For one ballot in how many two forms are filled in that have seen the same. */
  pairEvery: number;
}

/** What was done, and what must be nought. */
export interface Soaked {
  did: {
    acknowledged: number;
    sentTwice: number;
    conflicts: number;
    afterClosing: number;
    pages: number;
    killsOfDatabase: number;
    killsOfPortal: number;
    killsInUpload: number;
    askedAgain: number;
  };
  faults: {
    /** Acknowledged, and not there as it was acknowledged. */
    lost: number;
    /** There without having been acknowledged, or more than once. */
    unaccounted: number;
    /** The same form sent again got another answer. */
    answeredDifferently: number;
    /** Of two forms that had both seen the same, both were taken. */
    bothTaken: number;
    /** A page said 500. */
    failures: number;
    /** Closed results that are not the count of their rows. */
    miscounted: number;
    /** Chains, seals and rows that the nightly recount finds wrong. */
    record: number;
    /** Acknowledged pages of paper that cannot be read, and files that belong to nothing. */
    files: number;
  };
}

interface Acknowledged {
  consultation: string;
  room: string;
  choice: string;
}

/**
 * Many people cast and change their ballots over HTTP while consultations close, paper is sent in, and portal and
 * database are killed; then everything that was acknowledged is looked for, and everything that is there accounted for.
 *
 * One form in ten is sent twice. The first consultation stays open until everything has been killed and a page of paper
 * taken. Each kill is told, with how many ballots had been acknowledged by then.
 */
export async function soak(place: Place, size: SoakSize, tell: (killed: string, acknowledged: number) => void = () => undefined): Promise<Soaked> {
  const people = await createPeople(place.db, size);
  const weather: Weather = { away: 0, failed: 0 };
  const forms = new Map<string, Acknowledged>();
  const counts = { turns: 0, taken: 0, sentTwice: 0, conflicts: 0, afterClosing: 0, answeredDifferently: 0, bothTaken: 0 };
  const open = new Map(people.consultations.map((opened) => [opened.consultation, { opened, taken: 0, closing: false }]));
  const quota = Math.ceil(size.ballots / size.consultations);
  const closings: Promise<void>[] = [];
  const paper = { sent: 0, underWay: false };
  const kills = { database: 0, portal: 0, inUpload: 0, over: false };
  let miscounted = 0;

  /** The clerk closes while others cast; the result is what was there at that moment. */
  const close = async ({ close: closeIt, consultation, consultationId }: OpenedConsultation) => {
    const key = `soak-closing-${consultationId}`.padEnd(22, "-");
    for (;;) {
      const closed = await closeIt(key).catch(() => undefined);
      if (!closed) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        continue;
      }
      const { result } = await done(Promise.resolve(closed));
      open.delete(consultation);
      const rows = await retried(() => readConsultationRows(place.db, consultationId));
      if (!isDeepStrictEqual(tallyRows(rows), result)) miscounted++;
      return;
    }
  };

  const fillIn = async ({ cookie }: Writer, consultation: string, room: string, choice: string) => {
    const page = await ask(`${place.url}/me/ballots/${consultation}?room=${room}&choice=${choice}`, cookie, weather);
    const fields = hiddenFields(page.body, "choice");
    if (!fields && open.get(consultation)?.closing === false) throw new Error(`no form to cast a ballot: ${page.status}`);
    return fields;
  };

  const post = async ({ cookie }: Writer, consultation: string, fields: Record<string, string>): Promise<string | null> => {
    const said = await ask(`${place.url}/me/ballots/${consultation}`, cookie, weather, () => new URLSearchParams(fields));
    if (said.status !== 302) return null;
    const key = fields["form-key"] ?? "";
    if (!forms.has(key)) {
      forms.set(key, { consultation, room: fields["room"] ?? "", choice: fields["choice"] ?? "" });
      const at = open.get(consultation);
      if (at && ++at.taken >= quota && !at.closing && (at.opened !== people.consultations[0] || (paper.sent > 0 && kills.over))) {
        at.closing = true;
        closings.push(close(at.opened));
      }
    }
    return said.location;
  };

  const write = async (writer: Writer) => {
    while (open.size > 0) {
      const consultation = [...open.keys()][randomInt(open.size)] ?? "";
      const room = writer.rooms.get(consultation) ?? "";
      const choice = choices[randomInt(choices.length)] ?? "agree";
      if (++counts.turns % size.pairEvery === 0) {
        const both = await Promise.all([fillIn(writer, consultation, room, choice), fillIn(writer, consultation, room, choice)]);
        if (both[0] === null || both[1] === null || both[0]["seen"] !== both[1]["seen"]) continue;
        const taken = await Promise.all(both.map(async (fields) => fields && (await post(writer, consultation, fields))));
        counts.conflicts++;
        if (taken.every((location) => location !== null)) counts.bothTaken++;
        continue;
      }
      const fields = await fillIn(writer, consultation, room, choice);
      if (!fields) continue;
      const first = await post(writer, consultation, fields);
      if (first === null) counts.afterClosing++;
      else if (++counts.taken % 10 === 0) {
        counts.sentTwice++;
        if ((await post(writer, consultation, fields)) !== first) counts.answeredDifferently++;
      }
    }
  };

  const sendPaper = async () => {
    const [consultation] = people.consultations;
    const url = `${place.url}/desk/consultations/${consultation?.consultation}/paper`;
    while (open.has(consultation?.consultation ?? "")) {
      const image = await sharp(Buffer.from(Array.from({ length: 48 * 64 * 3 }, () => randomInt(256))), { raw: { width: 48, height: 64, channels: 3 } })
        .resize(1240, 1754, { kernel: "nearest" })
        .jpeg()
        .toBuffer();
      const fields = hiddenFields((await ask(url, people.clerk.cookie, weather)).body, "files");
      if (!fields) continue;
      paper.underWay = true;
      const said = await ask(url, people.clerk.cookie, weather, () => {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) form.append(name, value);
        form.append("files", new Blob([new Uint8Array(image)], { type: "image/jpeg" }), "page.jpg");
        return form;
      });
      paper.underWay = false;
      if (said.status === 302) paper.sent++;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };

  const kill = async () => {
    for (let no = 1; no <= 2 * size.kills; no++) {
      while (forms.size < (no * size.ballots) / (2 * size.kills + 2)) await new Promise((resolve) => setTimeout(resolve, 50));
      for (let waited = 0; !paper.underWay && waited < 1_500; waited += 5) await new Promise((resolve) => setTimeout(resolve, 5));
      if (paper.underWay) kills.inUpload++;
      tell(no % 2 === 0 ? "database" : "portal", forms.size);
      if (no % 2 === 0) {
        await place.killDatabase();
        kills.database++;
      } else {
        await place.killPortal();
        kills.portal++;
      }
    }
    kills.over = true;
  };

  await Promise.all([...people.writers.map(write), sendPaper(), kill()]);
  await Promise.all(closings);
  await ask(`${place.url}/`, "", weather);

  const ids = people.consultations.map(({ consultationId }) => consultationId);
  const { lost, unaccounted } = await account(place, ids, forms);
  const { faults } = await checkRecord(place.db);
  return {
    did: {
      acknowledged: forms.size,
      sentTwice: counts.sentTwice,
      conflicts: counts.conflicts,
      afterClosing: counts.afterClosing,
      pages: paper.sent,
      killsOfDatabase: kills.database,
      killsOfPortal: kills.portal,
      killsInUpload: kills.inUpload,
      askedAgain: weather.away,
    },
    faults: {
      lost,
      unaccounted,
      answeredDifferently: counts.answeredDifferently,
      bothTaken: counts.bothTaken,
      failures: weather.failed,
      miscounted,
      record: faults.length,
      files: await countFileFaults(place, ids, paper.sent),
    },
  };
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** Looks for every acknowledged form's ballot, and for a form of every ballot. */
async function account({ db }: Place, ids: readonly number[], forms: Map<string, Acknowledged>): Promise<{ lost: number; unaccounted: number }> {
  const ballots = await db
    .selectFrom("ballot")
    .innerJoin("consultation", "consultation.id", "ballot.consultationId")
    .innerJoin("rollEntry", (join) => join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"))
    .select(["consultation.code as consultation", "rollEntry.unit as room", "ballot.choice", "ballot.receipt"])
    .where("consultation.id", "in", ids)
    .execute();
  const byReceipt = new Map(ballots.map((ballot) => [ballot.receipt, ballot]));
  const posts = await db.selectFrom("formPost").select(["key", "answer"]).where("key", "in", [...forms.keys()]).execute();
  const answers = new Map(posts.map(({ key, answer }) => [key, answer as { receipt: string }]));
  let lost = 0;
  for (const [key, { consultation, room, choice }] of forms) {
    const ballot = byReceipt.get(answers.get(key)?.receipt ?? "");
    if (!isDeepStrictEqual(ballot && { ...ballot, receipt: "" }, { consultation, room, choice, receipt: "" })) lost++;
  }
  return { lost, unaccounted: Math.abs(ballots.length - forms.size) };
}

/** Every acknowledged page is there in all its sizes, and nothing else once what crashes left has been swept away. */
async function countFileFaults({ db, storage, filesFolder }: Place, ids: readonly number[], sent: number): Promise<number> {
  const day = 86_400_000;
  await sweepFiles({ db, vault: testVault, storage, now: new Date(Date.now() + 2 * day) });
  const { pages } = await db.selectFrom("ballotPage").select(({ fn }) => fn.countAll<number>().as("pages")).where("consultationId", "in", ids).executeTakeFirstOrThrow();
  const keys = await listStoredKeys(db, testVault);
  const missing = (await Promise.all(keys.map((key) => storage.get(key)))).filter((bytes) => bytes === null).length;
  const kept = readdirSync(filesFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
  return Math.abs(Number(pages) - sent) + missing + Math.abs(kept - keys.length);
}
