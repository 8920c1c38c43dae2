import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LEASE_SECONDS, MOST_TRIES } from "#app/domain/long-job.ts";
import { startJobs } from "#app/jobs.server.ts";
import { closeAtDeadline } from "#app/use-cases/consultation/close-at-deadline.server.ts";
import { sweepFiles } from "#app/use-cases/file/sweep-files.server.ts";
import { splitStack } from "#app/use-cases/paper/split-stack.server.ts";
import { takeStack } from "#app/use-cases/paper/take-stack.server.ts";
import { findUpload } from "#db/queries/paper-uploads.server.ts";
import { listWaitingPages } from "#db/queries/paper.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { formKey, testVault } from "../support/factories.ts";
import { pdf, photo } from "../support/files.ts";
import { mayLook } from "../support/looks.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let nobody: TestPortal;
let now = new Date("2026-11-21T02:30:00Z");
beforeAll(async () => {
  database = await cloneDatabase();
  nobody = await openPortal(database, { clock: () => now });
});
afterAll(() => database.close());

const deps = (at = now) => ({ db: database.db, vault: testVault, storage: database.storage, now: at });
const take = async ({ consultation, clerk: accountId }: OpenedConsultation, files: readonly Uint8Array[], key = formKey()) =>
  (await done(takeStack(deps(), { consultation, files, accountId, formKey: key }))).upload;
const split = (upload: string, at = now) => splitStack(deps(at), upload, () => at);
const pagesOf = async ({ consultationId }: OpenedConsultation) => (await listWaitingPages(database.db, consultationId)).map(({ page, pages }) => [page, pages]);
const parts = async (uploadId: string) => (await database.db.selectFrom("paperUploadPart").select("sealed").where("uploadId", "=", uploadId).execute()).map(({ sealed }) => sealed);
const uploads = async ({ stairwell }: OpenedConsultation) => (await readLog(database.db, stairwell.stairwellId)).filter(({ verb }) => verb === "paper-uploaded");

/** What happens to whoever is at it when the process goes away after so many pages. */
const dying = (pages = 1) => {
  let puts = 0;
  const gone = () => Promise.reject(new Error("gone"));
  return { ...database.storage, put: (key: string, bytes: Uint8Array) => (++puts > 3 * pages ? gone() : database.storage.put(key, bytes)), remove: gone };
};

describe("a stack of paper", () => {
  it("is taken at once and sealed, its progress told on a page without scripts, and split by a job", async () => {
    const opened = await openedConsultation(database.db);
    const [clerk, colleague] = [await signedIn(database.db, nobody, opened.clerk, now), await signedIn(database.db, nobody, opened.colleague, now)];
    await mayLook(database.db, { consultation: opened.consultation, accountId: opened.clerk, now });
    const at = `/desk/consultations/${opened.consultation}/paper`;
    const form = new FormData();
    form.set("form-key", formKey());
    for (const bytes of [await pdf({ pages: 3 }), await photo()]) form.append("files", new Blob([new Uint8Array(bytes)]), "整叠.pdf");
    const sent = await clerk.upload(at, form);
    expect(sent.status).toBe(302);
    expect(sent.location).toMatch(new RegExp(`^${at}/sent/[\\w-]{22}$`));
    expect((await clerk.upload(at, form)).location).toBe(sent.location);
    const upload = sent.location?.split("/").at(-1) ?? "";
    expect(await pagesOf(opened)).toEqual([]);
    expect(await parts(upload)).toHaveLength(2);
    expect((await parts(upload)).some((sealed) => sealed.includes("%PDF"))).toBe(false);

    const waits = await clerk.get(sent.location ?? "");
    expect([waits.status, waits.headers.get("Refresh")]).toEqual([200, "5"]);
    for (const part of ["排队中，马上开始", "看最新进度"]) expect(waits.body).toContain(part);
    expect((await clerk.get(at)).body).toContain("有 1 叠正在分页");
    expect((await clerk.get(`/desk/consultations/${opened.consultation}/end`)).body).toContain("有 1 叠正在分页");
    expect((await colleague.get(sent.location ?? "")).status).toBe(200);
    expect((await clerk.get(`${at}/sent/AAAAAAAAAAAAAAAAAAAAAA`)).status).toBe(404);

    const seen: (number | null)[] = [];
    const storage = { ...database.storage, put: async (key: string, bytes: Uint8Array) => {
      seen.push((await findUpload(database.db, opened.consultation, upload))?.page ?? null);
      return database.storage.put(key, bytes);
    } };
    expect(await splitStack({ ...deps(), storage }, upload, () => now)).toMatchObject({ added: 4, known: 0 });
    expect([...new Set(seen)]).toEqual([0, 1, 2, 3]);
    expect(await pagesOf(opened)).toEqual([[1, 3], [2, 3], [3, 3], [1, 1]]);
    expect(await parts(upload)).toEqual([]);
    expect((await clerk.get(sent.location ?? "")).location).toBe(`${at}?added=4&known=0`);
    expect(await uploads(opened)).toMatchObject([{ actor: `account:${opened.clerk}`, content: { added: 4, known: 0 } }]);
  });

  it("that was cut short in the middle is begun anew by another, once nobody is at it, and is there once", async () => {
    const opened = await openedConsultation(database.db);
    const upload = await take(opened, [await pdf({ pages: 3 })]);
    await expect(splitStack({ ...deps(), storage: dying() }, upload, () => now)).rejects.toThrow("gone");
    expect(await findUpload(database.db, opened.consultation, upload)).toMatchObject({ page: 1, pages: 3, endedAt: null });
    expect(await split(upload, new Date(now.getTime() + 1_000))).toBeNull();
    const after = new Date(now.getTime() + LEASE_SECONDS * 1_000 + 1);
    expect(await split(upload, after)).toMatchObject({ added: 3 });
    expect(await split(upload, after)).toBeNull();
    expect(await pagesOf(opened)).toEqual([[1, 3], [2, 3], [3, 3]]);
    expect(await uploads(opened)).toHaveLength(1);
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(2);
    // What the first had stored is nobody's.
    expect(await sweepFiles(deps(new Date(now.getTime() + 2 * 86_400_000)))).toMatchObject({ dropped: 1 });
    expect(await pagesOf(opened)).toHaveLength(3);
  });

  it("is split by one of two who come at once", async () => {
    const opened = await openedConsultation(database.db);
    const upload = await take(opened, [await pdf({ pages: 2 })]);
    const both = await Promise.all([split(upload), split(upload)]);
    expect(both.filter((one) => one !== null)).toMatchObject([{ added: 2 }]);
    expect(await pagesOf(opened)).toHaveLength(2);
  });

  it("whose ending was not written down is added no second time", async () => {
    const opened = await openedConsultation(database.db);
    const upload = await take(opened, [await pdf({ pages: 2 })]);
    await split(upload);
    await database.owner.db.updateTable("paperUpload").set({ endedAt: null, added: null, known: null }).where("id", "=", upload).execute();
    await database.db.insertInto("paperUploadPart").values({ uploadId: upload, number: 1, subdistrictId: opened.stairwell.subdistrictId, sealed: testVault.sealBytes(await pdf({ pages: 2 }), `paper-upload/${upload}/1`) }).execute();
    expect(await split(upload)).toMatchObject({ added: 2 });
    expect(await pagesOf(opened)).toHaveLength(2);
    expect(await uploads(opened)).toHaveLength(1);
  });

  it("that cannot be read, or brings down whoever tries, is refused on its page, and nothing of it is kept", async () => {
    const opened = await openedConsultation(database.db);
    const clerk = await signedIn(database.db, nobody, opened.clerk, now);
    const broken = await take(opened, [await pdf({ pages: 1 }), Buffer.from("%PDF-1.7 and no more")]);
    expect(await split(broken)).toMatchObject({ refused: { code: "file_broken", at: "files", params: { number: 2 } } });
    const page = await clerk.get(`/desk/consultations/${opened.consultation}/paper/sent/${broken}`);
    expect([page.status, page.headers.get("Refresh")]).toEqual([200, null]);
    for (const part of ["这一叠没有收下", "第 2 个文件", "重新选文件"]) expect(page.body).toContain(part);

    const heavy = await take(opened, [await photo()]);
    for (let tried = 0; tried < MOST_TRIES; tried++) {
      const at = new Date(now.getTime() + tried * (LEASE_SECONDS + 1) * 1_000);
      await expect(splitStack({ ...deps(at), storage: dying(0) }, heavy, () => at)).rejects.toThrow("gone");
    }
    expect(await split(heavy, new Date(now.getTime() + 3_600_000))).toMatchObject({ refused: { code: "file_too_complex" } });
    expect([await pagesOf(opened), await parts(broken), await parts(heavy)]).toEqual([[], [], []]);
  });

  it("is not taken once the result is certified, and keeps a consultation open past its deadline as typed paper does", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const upload = await take(opened, [await photo({ seed: 3 })]);
    expect(await refusalOf(closeAtDeadline(opened.later, opened.consultation))).toBe("paper_waits");
    for (const room of ["101", "102"]) await done(opened.cast(room, "agree"));
    await split(upload);
    await done(opened.close());
    await done(opened.certify());
    const late = takeStack(deps(opened.later.now), { consultation: opened.consultation, files: [await photo()], accountId: opened.clerk, formKey: formKey() });
    expect(await refusalOf(late)).toBe("certified");
    expect(await refusalOf(takeStack(deps(), { consultation: "Q0", files: [await photo()], accountId: opened.clerk, formKey: formKey() }))).toBe("consultation_unknown");
  });

  it("is split by the queue, by itself", async () => {
    const opened = await openedConsultation(database.db);
    const jobs = await startJobs({ url: database.url, vault: testVault, storage: database.storage, sms: null, log: pino({ level: "silent" }), clock: () => now });
    try {
      now = new Date(opened.deps.now);
      const upload = await take(opened, [await pdf({ pages: 2 })]);
      await vi.waitUntil(async () => (await findUpload(database.db, opened.consultation, upload))?.endedAt, { timeout: 120_000, interval: 100 });
      expect(await pagesOf(opened)).toHaveLength(2);
    } finally {
      await jobs.close();
    }
  });
});
