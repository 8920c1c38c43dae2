import { randomBytes } from "node:crypto";
import type pg from "pg";
import { RECEIPT_LENGTH, writeCode } from "#app/domain/codes.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { connect } from "#db/client.server.ts";
import { BOARDS_CHANNEL } from "#db/queries/log.server.ts";
import { openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { createCommunity, formKey } from "../support/factories.ts";
import { median, startBenchServer } from "./bench-server.ts";
import type { BenchRow } from "./row.ts";

const CONSULTATIONS = 40;
const AT_A_TIME = 16;
const RUNS = 5;

type Flat = OpenedConsultation & { room: string; flatId: number };

/**
 * Ballots through the use case against the bare statements of the same transaction, over the same pool and connections:
 * the same locks, reads and rows, their values made up beforehand where the use case computes them.
 */
export async function benchBallots(): Promise<BenchRow[]> {
  const server = await startBenchServer();
  try {
    const { db, pool, close } = connect(await server.createDatabase(), { max: AT_A_TIME });
    try {
      const community = await createCommunity(db);
      const opened: OpenedConsultation[] = [];
      while (opened.length < CONSULTATIONS) opened.push(await openedConsultation(db, { community }));
      // One flat of each stairwell after the other: neighbours rarely vote in the same second.
      const flats = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].flatMap((index) =>
        opened.flatMap((consultation): Flat[] => {
          const flat = consultation.stairwell.flats[index];
          return flat ? [{ ...consultation, room: flat.room, flatId: flat.id }] : [];
        }),
      );
      const useCase = () => perSecond(flats, castThroughUseCase);
      const bare = () => perSecond(flats, (flat) => castBare(pool, flat));
      await bare();
      await useCase();
      const [measured, reference]: [number[], number[]] = [[], []];
      for (let run = 0; run < RUNS; run++) {
        reference.push(await bare());
        measured.push(await useCase());
      }
      return [
        {
          what: `ballots through the use case, ${AT_A_TIME} at a time, ${CONSULTATIONS} consultations`,
          reference: "bare statements of the same transaction over the same pool",
          measured: `${median(measured).toFixed(0)} a second`,
          referenceMeasured: `${median(reference).toFixed(0)} a second`,
          ratio: (median(measured) / median(reference)).toFixed(2),
          aim: "≥ 0.5",
        },
      ];
    } finally {
      await close();
    }
  } finally {
    await server.stop();
  }
}

/** Works the flats off, `AT_A_TIME` at a time. */
async function perSecond(flats: readonly Flat[], cast: (flat: Flat) => Promise<void>): Promise<number> {
  const waiting = flats.values();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (const flat of waiting) await cast(flat);
    }),
  );
  return flats.length / ((performance.now() - start) / 1000);
}

async function castThroughUseCase({ consultation, room, flatId, deps, clerk: accountId }: Flat): Promise<void> {
  const form = { consultation, room, choice: "agree", channel: "online", flatIds: [flatId], accountId, formKey: formKey() } as const;
  const answer = await castBallot(deps, form);
  if (!answer.ok) throw new Error(answer.problem.code);
}

async function castBare(pool: pg.Pool, { consultation, room, flatId, deps, clerk }: Flat): Promise<void> {
  const key = formKey();
  const receipt = writeCode(randomBytes(8), RECEIPT_LENGTH);
  const hash = randomBytes(32);
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [key]);
    await client.query("select action, answer from form_post where key = $1", [key]);
    const found = await client.query<{ id: number; stairwell_id: number; subdistrict_id: number }>(
      `select c.id, c.stairwell_id, c.subdistrict_id, c.opened_at, c.closes_at, c.closed_at, r.flat_id
       from consultation c left join roll_entry r on r.consultation_id = c.id and r.unit = $2 where c.code = $1 for share of c`,
      [consultation, room],
    );
    const { id, stairwell_id: stairwellId, subdistrict_id: subdistrictId } = one(found);
    const chain = one(await client.query<{ seq: number; head: Buffer }>("select seq, head from chain where stairwell_id = $1 for update", [stairwellId]));
    const ballot = one(
      await client.query<{ id: number; seq: number }>(
        `insert into ballot (subdistrict_id, consultation_id, flat_id, choice, channel, cast_at, recorded_by, receipt, seq)
         values ($1, $2, $3, 'agree', 'online', $4, $5, $6, (select coalesce(max(seq), 0) + 1 from ballot where consultation_id = $2)) returning id, seq`,
        [subdistrictId, id, flatId, deps.now, clerk, receipt],
      ),
    );
    const seq = chain.seq + 1;
    await client.query(
      `insert into log_entry (stairwell_id, seq, subdistrict_id, at, actor, verb, subject, commitment, previous, hash)
       values ($1, $2, $3, $4, $5, 'ballot-cast', $6, $7, $8, $7)`,
      [stairwellId, seq, subdistrictId, deps.now, `account:${clerk}`, `ballot:${ballot.id}`, hash, chain.head],
    );
    const content = JSON.stringify({ consultation, room, seq: ballot.seq, choice: "agree", channel: "online", receivedOn: null });
    await client.query("insert into log_content (stairwell_id, seq, salt, content) values ($1, $2, $3, $4)", [stairwellId, seq, hash, content]);
    await client.query("update chain set seq = $2, head = $3 where stairwell_id = $1", [stairwellId, seq, hash]);
    await client.query("select pg_notify($1, $2)", [BOARDS_CHANNEL, consultation]);
    const answer = JSON.stringify({ receipt, seq: ballot.seq });
    await client.query("insert into form_post (key, action, answer, at) values ($1, $2, $3, $4)", [key, `ballot ${consultation}`, answer, deps.now]);
    await client.query("commit");
  } finally {
    client.release();
  }
}

function one<T extends pg.QueryResultRow>({ rows: [row] }: pg.QueryResult<T>): T {
  if (!row) throw new Error("no row");
  return row;
}
