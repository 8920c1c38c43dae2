import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { castBallot, type BallotWay } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { closeAtDeadline } from "#app/use-cases/consultation/close-at-deadline.server.ts";
import { undoBallot } from "#app/use-cases/consultation/undo-ballot.server.ts";
import { attachPage } from "#app/use-cases/paper/attach-page.server.ts";
import { setPageAside } from "#app/use-cases/paper/set-page-aside.server.ts";
import { uploadPages } from "#app/use-cases/paper/upload-pages.server.ts";
import type { AsideReason } from "#app/domain/paper.ts";
import { listBallotsOfFlat } from "#db/queries/ballots.server.ts";
import {
  countToCheck, findEntryToCheck, findPage, listAsidePages, listReturned, listToType, listWaitingPages, listWithoutImage,
} from "#db/queries/paper.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { formKey } from "../support/factories.ts";
import { pdf, photo } from "../support/files.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const open = () => openedConsultation(database.db);
const upload = ({ consultation, clerk: accountId, deps }: OpenedConsultation, files: readonly Uint8Array[], key = formKey()) =>
  uploadPages({ ...deps, storage: database.storage }, { consultation, files, accountId, formKey: key });
const aside = ({ consultation, clerk: accountId, deps }: OpenedConsultation, page: number, reason: AsideReason | null) =>
  setPageAside(deps, { consultation, page, reason, accountId, formKey: formKey() });
const attach = ({ consultation, clerk: accountId, deps }: OpenedConsultation, page: number, seq: number) =>
  attachPage(deps, { consultation, page, seq, accountId, formKey: formKey() });
const disagree = ({ consultation, colleague: accountId, deps }: OpenedConsultation, seq: number) =>
  checkBallot(deps, { consultation, seq, verdict: "disagreed", note: "室号不对", accountId, formKey: formKey() });
const waiting = async ({ consultationId }: OpenedConsultation) => (await listWaitingPages(database.db, consultationId)).map(({ id }) => id);
const paper = (page: number | undefined): BallotWay => ({ channel: "paper", page });

describe("a stack of paper that is sent", () => {
  it("waits page by page to be typed, in its order", async () => {
    const opened = await open();
    expect(await done(upload(opened, [await pdf({ pages: 3 }), await photo({ seed: 9 })]))).toMatchObject({ added: 4, known: 0 });
    const pages = await listWaitingPages(database.db, opened.consultationId);
    expect(pages.map(({ page, pages: of }) => [page, of])).toEqual([[1, 3], [2, 3], [3, 3], [1, 1]]);
    expect((await readLog(database.db, opened.stairwell.stairwellId)).at(-1)).toMatchObject({
      verb: "paper-uploaded", actor: `account:${opened.clerk}`, content: { consultation: opened.consultation, added: 4, known: 0 },
    });
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(2);
  });

  it("is there once, however often it is sent", async () => {
    const opened = await open();
    const stack = await pdf({ pages: 2 });
    const key = formKey();
    const first = await done(upload(opened, [stack, stack], key));
    expect(first).toMatchObject({ added: 2, known: 2 });
    expect(await done(upload(opened, [stack], key))).toEqual(first);
    expect(await done(upload(opened, [await pdf({ pages: 3 })]))).toMatchObject({ added: 1, known: 2 });
    expect(await waiting(opened)).toHaveLength(3);
  });

  it("is not taken where a file is none, after the certificate, or for a consultation that there is not", async () => {
    const opened = await open();
    expect(await upload(opened, [await photo(), Buffer.from("no picture")])).toMatchObject({ ok: false, problem: { code: "file_unknown_type", at: "files", params: { number: 2 } } });
    expect(await refusalOf(upload({ ...opened, consultation: "Q0" }, [await photo()]))).toBe("consultation_unknown");
    await done(opened.close());
    await done(upload(opened, [await photo({ seed: 2 })]));
    await done(opened.certify());
    expect(await refusalOf(upload(opened, [await photo({ seed: 3 })]))).toBe("certified");
    expect(await waiting(opened)).toHaveLength(1);
  });
});

describe("a page of paper", () => {
  it("is typed as one ballot, and waits again once that is taken back or disagreed with", async () => {
    const opened = await open();
    const page = await opened.scan();
    await done(opened.record("101", "agree", paper(page)));
    expect(await waiting(opened)).toEqual([]);
    expect(await opened.record("102", "agree", paper(page))).toEqual({ ok: false, problem: { code: "page_taken", at: "page" } });
    await done(undoBallot(opened.deps, { consultation: opened.consultation, seq: 1, accountId: opened.clerk, formKey: formKey() }));
    expect(await waiting(opened)).toEqual([page]);

    await done(opened.record("101", "agree", paper(page)));
    await done(disagree(opened, 2));
    expect(await waiting(opened)).toEqual([page]);
    const returned = async () => (await listReturned(database.db, opened.consultationId)).map(({ room, seq, note, pageId, recordedById }) => ({ room, seq, note, pageId, recordedById }));
    expect(await returned()).toEqual([{ room: "101", seq: 2, note: "室号不对", pageId: page, recordedById: opened.clerk }]);

    await done(opened.record("102", "agree", paper(page)));
    await done(opened.confirm(3));
    expect([await returned(), await waiting(opened)]).toEqual([[], []]);
    const found = await findPage(database.db, opened.consultationId, page);
    expect(found?.typed.map(({ room, seq, end }) => [room, seq, end])).toEqual([["102", 3, null], ["101", 2, "disagreed"], ["101", 1, "undone"]]);
  });

  it("stays typed when its ballot is made void, for it was read rightly", async () => {
    const opened = await open();
    const page = await opened.scan();
    const { seq } = await done(opened.cast("101", "agree", paper(page)));
    const { id } = await database.db.selectFrom("ballot").select("id").where("consultationId", "=", opened.consultationId).where("seq", "=", seq).executeTakeFirstOrThrow();
    await database.db.insertInto("ballotVoid").values({ ballotId: id, reason: "他人代签", requestedBy: opened.clerk, confirmedBy: opened.colleague, at: opened.deps.now }).execute();
    expect(await waiting(opened)).toEqual([]);
  });

  it("is set aside with a reason, and taken back from there", async () => {
    const opened = await open();
    const page = await opened.scan();
    expect(await refusalOf(aside(opened, page, null))).toBe("page_not_aside");
    await done(aside(opened, page, "not-a-ballot"));
    expect(await waiting(opened)).toEqual([]);
    expect(await listAsidePages(database.db, opened.consultationId)).toMatchObject([{ id: page, aside: "not-a-ballot" }]);
    expect(await refusalOf(aside(opened, page, "duplicate"))).toBe("page_aside");
    expect(await refusalOf(opened.record("101", "agree", paper(page)))).toBe("page_aside");
    await done(aside(opened, page, null));
    await done(opened.record("101", "agree", paper(page)));
    expect(await refusalOf(aside(opened, page, "not-a-ballot"))).toBe("page_taken");
    expect((await readLog(database.db, opened.stairwell.stairwellId)).map(({ verb }) => verb)).toEqual([
      "consultation-opened", "page-set-aside", "page-taken-back", "ballot-cast",
    ]);
  });

  it("belongs to its own consultation", async () => {
    const [opened, other] = [await open(), await open()];
    const page = await other.scan();
    expect(await refusalOf(opened.record("101", "agree", paper(page)))).toBe("page_unknown");
    expect(await refusalOf(aside(opened, page, "duplicate"))).toBe("page_unknown");
    expect(await refusalOf(aside({ ...opened, consultation: "Q0" }, page, "duplicate"))).toBe("consultation_unknown");
    expect(await findPage(database.db, opened.consultationId, page)).toBeUndefined();
    const { seq } = await done(opened.record("101", "agree", paper(undefined)));
    expect(await refusalOf(attach(opened, page, seq))).toBe("page_unknown");
    expect(await refusalOf(attach(opened, page, 9))).toBe("ballot_unknown");
    expect(await waiting(other)).toEqual([page]);
  });

  it("is typed once by two clerks at the same moment", async () => {
    for (let round = 0; round < 12; round++) {
      const opened = await open();
      const page = await opened.scan();
      const typing = (accountId: number, room: string) =>
        castBallot(opened.deps, { consultation: opened.consultation, room, choice: "agree", ...paper(page), accountId, formKey: formKey() } as Parameters<typeof castBallot>[1]);
      const answers = await Promise.all([typing(opened.clerk, "101"), typing(opened.colleague, "102"), aside(opened, page, "duplicate")]);
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      for (const answer of answers) if (!answer.ok) expect(["page_taken", "page_aside"]).toContain(answer.problem.code);
    }
  });
});

describe("a ballot that was recorded before its paper was scanned", () => {
  it("cannot be confirmed without its image, and can once it has one", async () => {
    const opened = await open();
    const { seq } = await done(opened.record("101", "agree", paper(undefined)));
    expect(await listWithoutImage(database.db, opened.consultationId)).toMatchObject([{ room: "101", seq, images: [] }]);
    expect(await refusalOf(opened.confirm(seq))).toBe("image_missing");
    const page = await opened.scan();
    await done(attach(opened, page, seq));
    expect(await listWithoutImage(database.db, opened.consultationId)).toEqual([]);
    expect(await refusalOf(attach(opened, await opened.scan(), seq))).toBe("has_image");
    await done(opened.confirm(seq));
    expect(await refusalOf(attach(opened, await opened.scan(), seq))).toBe("already_checked");
  });

  it("can be disagreed with, and is put right by a newer one", async () => {
    const opened = await open();
    await done(opened.record("101", "agree", paper(undefined)));
    await done(disagree(opened, 1));
    expect(await listReturned(database.db, opened.consultationId)).toMatchObject([{ room: "101", pageId: null }]);
    await done(opened.record("101", "oppose", paper(undefined)));
    expect(await listReturned(database.db, opened.consultationId)).toEqual([]);
  });
});

describe("a proxy's ballot", () => {
  const proxy = (page: number | undefined, authorisationPage: number | undefined): BallotWay => ({ channel: "proxy", authorisation: "委托其子代为同意", page, authorisationPage });

  it("brings the image of its authorisation, on a page of its own or on the ballot itself", async () => {
    const opened = await open();
    const [page, authorisation] = [await opened.scan(), await opened.scan()];
    expect(await opened.record("101", "agree", proxy(page, undefined))).toEqual({
      ok: false, problem: { code: "authorisation_image_missing", at: "authorisationPage" },
    });
    expect(await refusalOf(opened.record("101", "agree", proxy(page, 999_999)))).toBe("page_unknown");
    await done(opened.record("101", "agree", proxy(page, authorisation)));
    expect(await waiting(opened)).toEqual([]);
    await done(opened.confirm(1));
    const sheet = await opened.scan();
    await done(opened.record("102", "agree", proxy(sheet, sheet)));
    await done(opened.confirm(2));
    const images = await database.db.selectFrom("ballotImage").select("role").where("pageId", "=", sheet).orderBy("role").execute();
    expect(images.map(({ role }) => role)).toEqual(["authorisation", "ballot"]);
  });

  it("is not confirmed without the image of the ballot", async () => {
    const opened = await open();
    await done(opened.record("101", "agree", proxy(undefined, await opened.scan())));
    expect(await refusalOf(opened.confirm(1))).toBe("image_missing");
    await done(attach(opened, await opened.scan(), 1));
    await done(opened.confirm(1));
    expect((await listBallotsOfFlat(database.db, opened.consultationId, "101"))[0]).toMatchObject({ counts: true });
  });
});

describe("the second person", () => {
  it("is offered what others recorded, with its image, one after the other", async () => {
    const opened = await open();
    const { consultation, consultationId, clerk, colleague, deps } = opened;
    await done(opened.record("101", "agree", paper(undefined)));
    const page = await opened.scan();
    await done(opened.record("102", "oppose", paper(page)));
    await done(castBallot(deps, { consultation, room: "201", choice: "agree", channel: "assisted", accountId: colleague, formKey: formKey() }));
    const entryFor = (accountId: number, at: number | null = null) => findEntryToCheck(database.db, { consultationId, accountId, at });
    expect(await countToCheck(database.db, { consultationId, accountId: colleague })).toEqual({ mine: 2, own: 1 });
    expect(await entryFor(colleague)).toMatchObject({
      seq: 2, room: "102", choice: "oppose", channel: "paper", receivedOn: shanghaiDay(deps.now), images: [{ role: "ballot", page: 1, width: 1_240 }],
    });
    expect(await entryFor(colleague, 1)).toMatchObject({ seq: 2 });
    expect(await entryFor(colleague, 3)).toMatchObject({ seq: 2 });
    expect(await entryFor(clerk)).toMatchObject({ seq: 3, images: [] });
    await done(opened.confirm(2));
    expect(await entryFor(colleague)).toMatchObject({ seq: 1, images: [] });
    await done(disagree(opened, 1));
    expect(await entryFor(colleague)).toBeUndefined();
  });

  it("finds the work of the own committees with its counts", async () => {
    const opened = await open();
    const { consultation, clerk, colleague, stairwell: { committeeId } } = opened;
    const workOf = (accountId: number, committeeIds = [committeeId]) => listToType(database.db, { committeeIds }, accountId);
    expect(await workOf(colleague)).toEqual([]);
    const page = await opened.scan();
    await done(opened.record("101", "agree", paper(page)));
    await opened.scan();
    for (const account of [clerk, colleague]) expect(await workOf(account)).toMatchObject([{ code: consultation, toType: 1, returned: 0 }]);
    expect([await workOf(colleague, []), await workOf(colleague, [committeeId + 100_000])]).toEqual([[], []]);
    await done(disagree(opened, 1));
    expect(await workOf(clerk)).toMatchObject([{ toType: 2, returned: 1 }]);
    expect(await workOf(colleague)).toMatchObject([{ toType: 2, returned: 0 }]);
    await done(opened.close());
    expect(await workOf(clerk)).toEqual([]);
  });
});

describe("closing by itself", () => {
  it("waits three days for paper that is not typed or not checked", async () => {
    for (const prepare of [(opened: OpenedConsultation) => opened.scan(), (opened: OpenedConsultation) => done(opened.record("101", "agree", paper(undefined)))]) {
      const opened = await open();
      await prepare(opened);
      const at = (days: number) => ({ ...opened.later, now: new Date(opened.later.now.getTime() + days * 86_400_000) });
      expect(await refusalOf(closeAtDeadline(at(2.9), opened.consultation))).toBe("paper_waits");
      await done(closeAtDeadline(at(3), opened.consultation));
    }
  });
});
