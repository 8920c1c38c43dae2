import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tallyRows, type Choice } from "#app/domain/tally.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { certifyConsultation } from "#app/use-cases/consultation/certify-consultation.server.ts";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { closeConsultation } from "#app/use-cases/consultation/close-consultation.server.ts";
import { confirmVoid } from "#app/use-cases/consultation/confirm-void.server.ts";
import { openConsultation } from "#app/use-cases/consultation/open-consultation.server.ts";
import { publishResult } from "#app/use-cases/consultation/publish-result.server.ts";
import { requestVoid } from "#app/use-cases/consultation/request-void.server.ts";
import { undoBallot } from "#app/use-cases/consultation/undo-ballot.server.ts";
import { findConsultation, listConsultationsOfStairwell, readConsultationRows } from "#db/queries/consultations.server.ts";
import { verifyChain } from "../support/chain.ts";
import { done, openedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, testVault } from "../support/factories.ts";

/** RACES=1000 npx vitest run --project integration tests/integration/consultation-races.test.ts */
const ROUNDS = Number(process.env["RACES"] ?? 24);
const PATIENCE = { timeout: 180_000 + ROUNDS * 2_000 };

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

type Answer = { ok: true } | { ok: false; problem: { code: string } };
const codeOf = (answer: Answer) => (answer.ok ? "done" : answer.problem.code);

/** Starts at a moment that differs from round to round. */
const soon = async <T>(work: () => Promise<T>, round: number): Promise<T> => {
  await new Promise((resolve) => setTimeout(resolve, (round * 7) % 23));
  return work();
};

/** Now one before the other, now the other way round, now both at once. */
const inTurns = async <A, B>(round: number, one: () => Promise<A>, other: () => Promise<B>): Promise<[A, B]> => {
  if (round % 3 === 0) return [await one(), await other()];
  if (round % 3 === 2) return Promise.all([soon(one, round), soon(other, round * 3)]);
  const before = await other();
  return [await one(), before];
};

const rounds = Array.from({ length: ROUNDS }, (_, round) => round);

describe("casting against closing", PATIENCE, () => {
  it("either counts a ballot in the result or refuses it", async () => {
    const seen = { counted: 0, refused: 0 };
    for (const round of rounds) {
      const opened = await openedConsultation(database.db);
      const { consultation, clerk, colleague, later, stairwell } = opened;
      const choices: Choice[] = ["agree", "agree", "oppose", "abstain"];
      // One to four people cast flat after flat; the close comes while they are at it, after fewer or more ballots.
      const waiting = stairwell.flats.entries();
      const answers: Answer[] = [];
      let closing: ReturnType<typeof closeConsultation> | undefined;
      await Promise.all(
        Array.from({ length: 1 + (round % 4) }, async () => {
          for (const [index, { room }] of waiting) {
            if (index === round % 9) closing = closeConsultation(later, { consultation, accountId: clerk, formKey: formKey() });
            answers.push(await opened.cast(room, choices[index % 4] ?? "agree"));
          }
        }),
      );
      if (!closing) throw new Error("not closed");
      const { result } = await done(closing);

      const acknowledged = answers.filter((answer) => answer.ok).length;
      for (const answer of answers) expect(["done", "not_open"]).toContain(codeOf(answer));
      expect(result.participated.heads).toBe(acknowledged);
      const rows = await readConsultationRows(database.db, opened.consultationId);
      expect(rows.ballots.map(({ seq }) => seq)).toEqual(Array.from({ length: acknowledged }, (_, index) => index + 1));
      expect(tallyRows(rows)).toEqual(result);
      const certified = await done(certifyConsultation(later, { consultation, accountId: colleague, formKey: formKey() }));
      expect(certified.result).toEqual(result);
      expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(acknowledged + 3);
      seen.counted += acknowledged;
      seen.refused += answers.length - acknowledged;
    }
    // Else the rounds have shown nothing.
    expect(Math.min(seen.counted, seen.refused)).toBeGreaterThan(0);
  });
});

describe("certifying against voiding", PATIENCE, () => {
  it("either counts the void in the result or refuses it", async () => {
    const seen = new Set<string>();
    for (const round of rounds) {
      const { cast, consultation, consultationId, clerk, colleague, deps, later, stairwell } = await openedConsultation(database.db, { floors: 2 });
      for (const { room } of stairwell.flats) await done(cast(room, "agree"));
      await done(closeConsultation(later, { consultation, accountId: clerk, formKey: formKey() }));
      await done(requestVoid(deps, { consultation, seq: 1, reason: "他人代签", accountId: clerk, formKey: formKey() }));

      const [voided, certified] = await inTurns(
        round,
        () => confirmVoid(deps, { consultation, seq: 1, accountId: colleague, formKey: formKey() }),
        () => certifyConsultation(later, { consultation, accountId: colleague, formKey: formKey() }),
      );
      // An open request stops the certificate; without one the void comes before it.
      expect(codeOf(voided)).toBe("done");
      expect(["done", "void_pending"]).toContain(codeOf(certified));
      if (certified.ok) expect(certified.result.participated.heads).toBe(3);
      seen.add(codeOf(certified));
      expect(tallyRows(await readConsultationRows(database.db, consultationId)).participated.heads).toBe(3);
    }
    expect(seen.size).toBe(2);
  });

  it("never leaves a request open behind a certificate", async () => {
    const seen = new Set<string>();
    for (const round of rounds) {
      const { cast, consultation, clerk, colleague, deps, later } = await openedConsultation(database.db, { floors: 1 });
      await done(cast("101", "agree"));
      await done(closeConsultation(later, { consultation, accountId: clerk, formKey: formKey() }));
      const [asked, certified] = await inTurns(
        round,
        () => requestVoid(deps, { consultation, seq: 1, reason: "他人代签", accountId: clerk, formKey: formKey() }),
        () => certifyConsultation(later, { consultation, accountId: colleague, formKey: formKey() }),
      );
      expect(["done+void_pending", "certified+done"]).toContain(`${codeOf(asked)}+${codeOf(certified)}`);
      seen.add(codeOf(certified));
    }
    expect(seen.size).toBe(2);
  });
});

describe("certifying against checking", PATIENCE, () => {
  it("either counts the word of the second person in the result or waits for it", async () => {
    const seen = new Set<string>();
    for (const round of rounds) {
      const { record, consultation, consultationId, clerk, colleague, later, stairwell } = await openedConsultation(database.db, { floors: 1 });
      for (const { room } of stairwell.flats) await done(record(room, "agree", { channel: "paper" }));
      await done(closeConsultation(later, { consultation, accountId: clerk, formKey: formKey() }));
      const check = (seq: number) => checkBallot(later, { consultation, seq, verdict: "confirmed", accountId: colleague, formKey: formKey() });
      await done(check(1));
      const [checked, certified] = await inTurns(
        round,
        () => (round % 2 === 0 ? check(2) : checkBallot(later, { consultation, seq: 2, verdict: "disagreed", note: "票面是弃权", accountId: colleague, formKey: formKey() })),
        () => certifyConsultation(later, { consultation, accountId: colleague, formKey: formKey() }),
      );
      // A ballot that waits stops the certificate; without one the word on it comes before.
      expect(codeOf(checked)).toBe("done");
      expect(["done", "unchecked"]).toContain(codeOf(certified));
      const heads = round % 2 === 0 ? 2 : 1;
      if (certified.ok) expect(certified.result.participated.heads).toBe(heads);
      expect(tallyRows(await readConsultationRows(database.db, consultationId)).participated.heads).toBe(heads);
      seen.add(codeOf(certified));
    }
    expect(seen.size).toBe(2);
  });
});

describe("taking a ballot back against closing and checking", PATIENCE, () => {
  it("either leaves it out of the result or is refused", async () => {
    const seen = new Set<string>();
    for (const round of rounds) {
      const { cast, consultation, clerk, deps, later, stairwell } = await openedConsultation(database.db, { floors: 1 });
      await done(cast("101", "agree"));
      const [undone, closed] = await inTurns(
        round,
        () => undoBallot(deps, { consultation, seq: 1, accountId: clerk, formKey: formKey() }),
        () => closeConsultation(later, { consultation, accountId: clerk, formKey: formKey() }),
      );
      expect(["done", "not_open"]).toContain(codeOf(undone));
      if (!closed.ok) throw new Error(closed.problem.code);
      expect(closed.result.participated.heads).toBe(undone.ok ? 0 : 1);
      expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(undone.ok ? 4 : 3);
      seen.add(codeOf(undone));
    }
    expect(seen.size).toBe(2);
  });

  it("happens, or the second person's word does, never both", async () => {
    const seen = new Set<string>();
    for (const round of rounds) {
      const { record, confirm, consultation, clerk, deps } = await openedConsultation(database.db, { floors: 1 });
      await done(record("101", "agree", { channel: "paper" }));
      const [undone, checked] = await inTurns<Answer, Answer>(
        round,
        () => undoBallot(deps, { consultation, seq: 1, accountId: clerk, formKey: formKey() }),
        () => confirm(1),
      );
      expect(["done+already_undone", "already_checked+done"]).toContain(`${codeOf(undone)}+${codeOf(checked)}`);
      seen.add(codeOf(undone));
    }
    expect(seen.size).toBe(2);
  });
});

describe("two people at once", PATIENCE, () => {
  it("casting for one flat: both ballots stand on record, one counts", async () => {
    for (const round of rounds) {
      const { cast, consultationId, stairwell } = await openedConsultation(database.db, { floors: 2 });
      const [first, second] = await Promise.all([
        soon(() => cast("101", "agree"), round), soon(() => cast("101", "oppose", { channel: "paper" }), round * 3),
      ]);
      const { ballots, ...rows } = await readConsultationRows(database.db, consultationId);
      expect(ballots.map(({ seq }) => seq)).toEqual([1, 2]);
      const last = first.ok && first.seq === 2 ? "agree" : "oppose";
      expect(second.ok).toBe(true);
      expect(tallyRows({ ...rows, ballots })[last].heads).toBe(1);
      expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(4);
    }
  });

  it("double-clicking: one ballot and one receipt", async () => {
    const { cast, consultationId, stairwell } = await openedConsultation(database.db, { floors: 20 });
    for (const [index, { room }] of stairwell.flats.entries()) {
      const key = formKey();
      const answers = await Promise.all([1, 2, 3, 4].map(() => cast(room, "agree", undefined, key)));
      expect(new Set(answers.map((answer) => (answer.ok ? answer.receipt : answer.problem.code))).size).toBe(1);
      expect((await readConsultationRows(database.db, consultationId)).ballots).toHaveLength(index + 1);
    }
    expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(stairwell.flats.length + 1);
  });

  it("recording for one flat that both saw empty: one ballot, the other person is told", async () => {
    for (const round of rounds) {
      const { consultation, consultationId, clerk, colleague, deps } = await openedConsultation(database.db, { floors: 1 });
      const recording = (accountId: number) => () =>
        castBallot(deps, { consultation, room: "101", choice: "agree", channel: "paper", seen: null, accountId, formKey: formKey() });
      const answers = await Promise.all([soon(recording(clerk), round), soon(recording(colleague), round * 3)]);
      expect(answers.map(codeOf).sort()).toEqual(["ballot_newer", "done"]);
      expect((await readConsultationRows(database.db, consultationId)).ballots).toHaveLength(1);
    }
  });

  it("answering for one ballot: one answer stands", async () => {
    for (const round of rounds) {
      const { record, confirm, consultation, consultationId, colleague, deps } = await openedConsultation(database.db, { floors: 1 });
      await done(record("101", "agree", { channel: "paper" }));
      const disagree = () =>
        checkBallot(deps, { consultation, seq: 1, verdict: "disagreed", note: "票面是弃权", accountId: colleague, formKey: formKey() });
      const [confirmed, disagreed] = await Promise.all([soon(() => confirm(1), round), soon(disagree, round * 3)]);
      expect(["done+already_checked", "already_disagreed+done"]).toContain(`${codeOf(confirmed)}+${codeOf(disagreed)}`);
      const { ballots } = await readConsultationRows(database.db, consultationId);
      expect(ballots.map((ballot) => ballot.void)).toEqual([confirmed.ok ? undefined : "票面是弃权"]);
    }
  });

  it("opening: one consultation", async () => {
    for (const round of rounds) {
      const stairwell = await createStairwell(database.db, { floors: 2, stage: "consultation" });
      const { subdistrictId, committeeId: scopeId, code } = stairwell;
      const accountId = await createAccount(database.db, "committee", { subdistrictId, scopeId });
      const deps = { db: database.db, vault: testVault, now: new Date("2026-11-21T02:00:00Z") };
      const opening = () =>
        openConsultation(deps, { stairwell: code, ruleset: "cn-civil-278-major", closesOn: "2026-12-01", accountId, formKey: formKey() });
      const answers = await Promise.all([opening(), soon(opening, round), soon(opening, round)]);
      expect(answers.map(codeOf).sort()).toEqual(["already_open", "already_open", "done"]);
      expect(await listConsultationsOfStairwell(database.db, stairwell.stairwellId)).toHaveLength(1);
      expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(1);
    }
  });

  it("asking for a void, and confirming it: each once", async () => {
    for (const round of rounds) {
      const { cast, consultation, clerk, colleague, deps } = await openedConsultation(database.db, { floors: 2 });
      await done(cast("101", "agree"));
      const asking = () => requestVoid(deps, { consultation, seq: 1, reason: "他人代签", accountId: clerk, formKey: formKey() });
      expect((await Promise.all([asking(), soon(asking, round)])).map(codeOf).sort()).toEqual(["already_requested", "done"]);
      const confirming = () => confirmVoid(deps, { consultation, seq: 1, accountId: colleague, formKey: formKey() });
      expect((await Promise.all([confirming(), soon(confirming, round)])).map(codeOf).sort()).toEqual(["already_void", "done"]);
    }
  });

  it("closing, certifying and publishing: each once", async () => {
    for (const round of rounds) {
      const { consultation, clerk, colleague, later, stairwell } = await openedConsultation(database.db, { floors: 2 });
      const steps = [
        [() => closeConsultation(later, { consultation, accountId: clerk, formKey: formKey() }), "not_open"],
        [() => certifyConsultation(later, { consultation, accountId: colleague, formKey: formKey() }), "already_certified"],
        [() => publishResult(later, { consultation, accountId: colleague, formKey: formKey() }), "already_published"],
      ] as const;
      for (const [step, refused] of steps) {
        const answers = await Promise.all([step(), soon<Answer>(step, round), step()]);
        expect(answers.map(codeOf).sort()).toEqual([refused, refused, "done"].sort());
      }
      expect(await findConsultation(database.db, consultation)).toMatchObject({ certificate: { passed: false }, publishedAt: later.now });
      expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(4);
    }
  });

  it("casting for many flats of one stairwell: every ballot has a number of its own", async () => {
    const { cast, consultationId, consultation, deps, clerk, stairwell } = await openedConsultation(database.db, { floors: 12 });
    const ballots = stairwell.flats.flatMap(({ room }) => [
      () => cast(room, "agree"),
      () => castBallot(deps, { consultation, room, choice: "oppose", channel: "paper", accountId: clerk, formKey: formKey() }),
    ]);
    const answers = await Promise.all(ballots.map((ballot) => ballot()));
    expect(answers.map(codeOf)).toEqual(ballots.map(() => "done"));
    expect((await readConsultationRows(database.db, consultationId)).ballots.map(({ seq }) => seq)).toEqual(ballots.map((_, index) => index + 1));
    expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(ballots.length + 1);
  });
});
