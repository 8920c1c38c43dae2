import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { splitStack } from "#app/use-cases/paper/split-stack.server.ts";
import { listBallotsOfFlat } from "#db/queries/ballots.server.ts";
import { listWaitingPages } from "#db/queries/paper.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, formKey, testVault } from "../support/factories.ts";
import { pdf, photo } from "../support/files.ts";
import { mayLook } from "../support/looks.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let opened: OpenedConsultation;
let clerk: TestPortal;
let colleague: TestPortal;
let nobody: TestPortal;

beforeAll(async () => {
  database = await cloneDatabase();
  opened = await openedConsultation(database.db, { now: new Date() });
  nobody = await openPortal(database);
  clerk = await signedIn(database.db, nobody, opened.clerk);
  colleague = await signedIn(database.db, nobody, opened.colleague);
  await mayLook(database.db, { consultation: opened.consultation, accountId: opened.clerk });
});
afterAll(() => database.close());

const at = (rest: string) => `/desk/consultations/${opened.consultation}/${rest}`;
const pages = () => listWaitingPages(database.db, opened.consultationId);

/** Sends files as the form on the page does. */
function send(who: TestPortal, files: readonly Uint8Array[], extra: Record<string, string> = {}) {
  const form = new FormData();
  form.set("form-key", formKey());
  for (const [name, value] of Object.entries(extra)) form.set(name, value);
  for (const bytes of files) form.append("files", new Blob([new Uint8Array(bytes)]), "扫描.pdf");
  return who.upload(at("paper"), form);
}

describe("the page with the stack", () => {
  it("takes a PDF and a photo, and shows each page with the way to the board", async () => {
    const taken = await send(clerk, [await pdf({ pages: 2 }), await photo({ seed: 5 })]);
    const deps = { db: database.db, vault: testVault, storage: database.storage, now: new Date() };
    await splitStack(deps, taken.location?.split("/").at(-1) ?? "", () => deps.now);
    const sent = await clerk.get(taken.location ?? "");
    expect([sent.status, sent.location]).toEqual([302, at("paper?added=3&known=0")]);
    const { body } = await clerk.get(sent.location ?? "");
    expect(body).toContain("收到 3 页");
    const waiting = await pages();
    for (const { id, fileId, page } of waiting) {
      expect(body).toContain(`/desk/consultations/${opened.consultation}?page=${id}`);
      expect(body).toContain(`/files/${fileId}/thumbnail${page > 1 ? `?page=${page}` : ""}`);
    }
    expect((await send(clerk, [await photo({ seed: 5 })])).location).toBe(at("paper?added=0&known=1"));
    expect((await clerk.get(at("paper?added=0&known=1"))).body).toContain("这些页以前都传过");
  });

  it("answers what is no ballot's scan with the place of the fault, and keeps nothing", async () => {
    const before = await pages();
    const refused = [
      await send(clerk, []),
      await send(clerk, [Buffer.from("<html>")]),
      await send(clerk, [await photo()], { surplus: "1" }),
      await send(clerk, Array.from({ length: 11 }, () => new Uint8Array([1]))),
    ];
    for (const { status, body } of refused) {
      expect(status).toBe(422);
      expect(body).toContain('role="alert"');
    }
    expect((await clerk.upload(at("paper"), "no form")).status).toBe(415);
    expect(await pages()).toEqual(before);
  });

  it("shows images to those of the consultation's committee who have said why they look, and to nobody else", async () => {
    const { subdistrictId } = opened.stairwell;
    const other = await openedConsultation(database.db, { now: new Date() });
    const office = await signedIn(database.db, nobody, await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId }));
    const owner = await signedIn(database.db, nobody, await createAccount(database.db, "resident", { subdistrictId, scopeId: opened.stairwell.flats[0]?.id ?? 0 }));
    const stranger = await signedIn(database.db, nobody, other.clerk);
    const [page] = await pages();
    const image = `/files/${page?.fileId}/screen`;
    for (const path of ["paper", `paper/${page?.id}`, "check"]) expect((await colleague.get(at(path))).location).toContain(at("look"));
    expect((await colleague.get(image)).status).toBe(403);
    await mayLook(database.db, { consultation: opened.consultation, accountId: opened.colleague });
    for (const who of [clerk, colleague]) expect((await who.get(image)).headers.get("Content-Type")).toBe("image/jpeg");
    for (const who of [office, owner, stranger, nobody]) expect((await who.get(image)).headers.get("Content-Type")).not.toBe("image/jpeg");
  });
});

describe("a page of the stack", () => {
  it("can be set aside, taken back, or become the image of a ballot that is recorded already", async () => {
    const [page] = await pages();
    const url = at(`paper/${page?.id}`);
    const post = async (form: Record<string, string>) => (await clerk.post(url, { ...form, "form-key": formKey() })).status;
    expect(await post({ step: "aside", reason: "unreadable" })).toBe(302);
    expect((await clerk.get(url)).body).toContain("已搁置：看不清，要重新拍");
    expect(await post({ step: "aside", reason: "duplicate" })).toBe(409);
    expect(await post({ step: "back" })).toBe(302);

    const { seq } = await done(opened.record("602", "abstain", { channel: "paper", page: undefined }));
    const { body } = await clerk.get(url);
    expect(body).toContain("602 室　弃权，缺票面图片");
    expect(await post({ step: "attach", seq: String(seq) })).toBe(302);
    expect((await clerk.get(url)).body).toContain("等第二个人核对");
    expect(await post({ step: "attach", seq: "999" })).toBe(422);
    for (const wrong of ["0", "x", "999999999"]) expect((await clerk.get(at(`paper/${wrong}`))).status).toBe(404);
  });
});

describe("the second person's page", () => {
  const answer = async (form: Record<string, string>) => colleague.post(at("check"), { ...form, "form-key": formKey() });

  it("offers one entry at a time, never an own one, and the next after an answer", async () => {
    for (const room of ["101", "102", "201"]) await done(opened.record(room, "agree", { channel: "paper" }));
    expect((await clerk.get(at("check"))).body).toContain("没有等您核对的票");
    expect((await clerk.get(at("check"))).body).toContain("您自己录的 4 张");
    const first = await colleague.get(at("check"));
    expect(first.body).toContain("602 室");
    expect(first.body).toContain("还有 4 张等您核对");
    const confirmed = await answer({ seq: /name="seq" value="(\d+)"/.exec(first.body)?.[1] ?? "", verdict: "confirmed" });
    expect([confirmed.status, confirmed.location]).toEqual([302, at("check?done=602")]);
    const next = await colleague.get(confirmed.location ?? "");
    expect(next.body).toContain("602 室已核对");
    expect(next.body).toContain("101 室");
  });

  it("asks what is wrong, and sends the entry back with it", async () => {
    const [{ seq } = { seq: 0 }] = await listBallotsOfFlat(database.db, opened.consultationId, "101");
    expect((await colleague.get(at(`check?seq=${seq}&wrong=yes`))).body).toContain("哪里不一致？");
    expect((await answer({ seq: String(seq), verdict: "disagreed" })).status).toBe(422);
    expect((await answer({ seq: String(seq), verdict: "disagreed", wrong: "other" })).status).toBe(422);
    expect((await answer({ seq: String(seq), verdict: "disagreed", wrong: "choice", note: "勾的是弃权" })).status).toBe(302);
    const [ballot] = await listBallotsOfFlat(database.db, opened.consultationId, "101");
    expect(ballot).toMatchObject({ end: "disagreed", checkNote: "选择不对：勾的是弃权" });
    const { body } = await clerk.get(at("paper"));
    expect(body).toContain("退回重录的票");
    expect(body).toContain("选择不对：勾的是弃权");
    expect((await answer({ seq: String(seq), verdict: "confirmed" })).status).toBe(409);
  });

  it("does not let an entry be confirmed without its image", async () => {
    const { seq } = await done(opened.record("202", "oppose", { channel: "paper", page: undefined }));
    const { body } = await colleague.get(at(`check?seq=${seq}`));
    expect(body).toContain("这张票还没有图片");
    expect(body).not.toContain('value="confirmed"');
    const refused = await answer({ seq: String(seq), verdict: "confirmed" });
    expect(refused.status).toBe(422);
    expect(refused.body).toContain("这张票还没有图片，不能确认");
  });
});
