import { readdirSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, type TestStairwell } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let visitor: TestPortal;
let stairwell: TestStairwell;
let clerk: TestPortal;

beforeAll(async () => {
  database = await cloneDatabase();
  visitor = await openPortal(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  stairwell = await createStairwell(database.db, { stage: "construction" });
  clerk = await person("committee", stairwell.committeeId);
});

async function person(role: Parameters<typeof createAccount>[1], scopeId: number | null, { subdistrictId } = stairwell): Promise<TestPortal> {
  return signedIn(database.db, visitor, await createAccount(database.db, role, { subdistrictId, scopeId, name: "林芳" }));
}

const list = () => `/desk/s/${stairwell.code}/photos`;

async function send(files: { bytes: Uint8Array; name?: string }[], { caption = "电梯井道基础完工", key = formKey(), by = clerk } = {}): Promise<Answer> {
  const form = new FormData();
  form.set("form-key", key);
  form.set("caption", caption);
  for (const { bytes, name = "IMG_1.jpg" } of files) form.append("photos", new Blob([new Uint8Array(bytes)]), name);
  return by.upload(list(), form);
}

async function sentPhoto(seed = 1): Promise<string> {
  expect((await send([{ bytes: await photo({ seed }) }])).location).toBe(`${list()}?done=added`);
  const { fileId } = await database.db.selectFrom("stairwellPhoto").select("fileId").where("stairwellId", "=", stairwell.stairwellId).orderBy("at", "desc").executeTakeFirstOrThrow();
  return fileId;
}

const decide = (file: string, form: Record<string, string>, by = clerk) => by.post(`${list()}/${file}`, { "form-key": formKey(), ...form });
const publicPage = async () => (await visitor.get(`/s/${stairwell.code}`)).body;
const verbs = async () =>
  (await database.db.selectFrom("logEntry").select("verb").where("stairwellId", "=", stairwell.stairwellId).orderBy("seq").execute()).map(({ verb }) => verb);
const files = () => database.db.selectFrom("file").select(["id", "removedAt", "erasedAt"]).where("subdistrictId", "=", stairwell.subdistrictId).execute();
const inStore = () => {
  try {
    return readdirSync(`${database.filesFolder}/${stairwell.subdistrictId}`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
  } catch {
    return 0;
  }
};

describe("a photo that a clerk sends", () => {
  it("is seen by those who work at the stairwell, and by nobody else", async () => {
    const file = await sentPhoto();
    const other = await createStairwell(database.db);
    const sees = [clerk, await person("office", stairwell.subdistrictId), await person("contractor", stairwell.stairwellId), await person("assessor", stairwell.stairwellId)];
    const not = [await person("committee", other.committeeId, other), await person("resident", stairwell.flats[0]?.id ?? 0), await person("contractor", other.stairwellId, other), await person("admin", null)];
    for (const one of sees) expect((await one.get(`/files/${file}/screen`)).status).toBe(200);
    for (const one of not) expect((await one.get(`/files/${file}/screen`)).status).toBe(403);
    expect((await visitor.get(`/files/${file}/screen`)).location).toMatch(/^\/sign-in/);
    expect(await publicPage()).not.toContain(file);
    expect((await clerk.get(`${list()}/${file}`)).body).toContain("未公开");
  });

  it("is not kept anywhere on the way, and can do nothing in a browser", async () => {
    const { headers } = await clerk.get(`/files/${await sentPhoto()}/full`);
    expect(headers.get("Content-Type")).toBe("image/jpeg");
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Content-Security-Policy")).toBe("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");
    expect(headers.get("Content-Disposition")).toMatch(/^inline; filename="[\w-]{22}-1\.jpg"$/);
  });

  it("comes with several at once, and once only when the form is sent twice", async () => {
    const key = formKey();
    const both = [{ bytes: await photo({ seed: 3 }) }, { bytes: await photo({ seed: 4 }) }];
    expect((await send(both, { key })).status).toBe(302);
    expect((await send(both, { key })).status).toBe(302);
    expect(await files()).toHaveLength(2);
    expect(inStore()).toBe(6);
    expect(await verbs()).toEqual(["photo-added", "photo-added"]);
  });

  it("is refused with all that came with it, and what was typed is still there", async () => {
    const answer = await send([{ bytes: await photo() }, { bytes: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") }]);
    expect(answer.status).toBe(422);
    expect(answer.body).toContain("第 2 个文件：只收照片");
    expect(answer.body).toContain('value="电梯井道基础完工"');
    expect(await files()).toEqual([]);
    expect(inStore()).toBe(0);
    expect(await verbs()).toEqual([]);
  });

  it.each(["../../etc/passwd", "..\\photo.jpg", "a\u0000b.jpg", `${"长".repeat(300)}.jpg`])("is refused by the name %j", async (name) => {
    const answer = await send([{ bytes: await photo(), name }]);
    expect(answer.status).toBe(422);
    expect(answer.body).toContain("文件名里有不能用的符号");
    expect(await files()).toEqual([]);
  });

  it("needs words for who cannot see it, and is needed itself", async () => {
    expect((await send([{ bytes: await photo() }], { caption: " " })).body).toContain("还没有填“拍的是什么”");
    expect((await send([])).body).toContain("还没有选文件");
    expect((await send(Array.from({ length: 7 }, () => ({ bytes: new Uint8Array(1) })))).body).toContain("一次最多选 6 个文件");
    expect(await files()).toEqual([]);
  });

  it("is not taken from the office or from another committee", async () => {
    const bytes = await photo();
    const other = await createStairwell(database.db);
    for (const by of [await person("office", stairwell.subdistrictId), await person("committee", other.committeeId, other)]) {
      expect((await send([{ bytes }], { by })).status).toBe(403);
    }
    expect(await files()).toEqual([]);
  });
});

describe("showing a photo to everybody", () => {
  it("takes somebody who has looked that no person and no number plate is on it", async () => {
    const file = await sentPhoto();
    const refused = await decide(file, { decision: "show" });
    expect(refused.status).toBe(422);
    expect(refused.body).toContain("请先看清照片里没有人、没有车牌，再打勾");
    expect((await visitor.get(`/files/${file}/thumbnail`)).status).toBe(302);

    expect((await decide(file, { decision: "show", looked: "yes" })).location).toBe(`${list()}?done=show`);
    const page = await publicPage();
    expect(page).toContain(`src="/files/${file}/thumbnail"`);
    expect(page).toContain('alt="照片：电梯井道基础完工"');
    expect(page).not.toContain("林芳");
    const seen = await visitor.get(`/files/${file}/thumbnail`);
    expect(seen.status).toBe(200);
    expect(seen.headers.get("Cache-Control")).toBe("public, max-age=604800, immutable");
    expect(await verbs()).toEqual(["photo-added", "photo-shown"]);
    expect((await decide(file, { decision: "show", looked: "yes" })).status).toBe(409);
  });

  it("is for the stairwell's own photos, one by one, and for its committee", async () => {
    const file = await sentPhoto();
    const office = await person("office", stairwell.subdistrictId);
    expect((await decide(file, { decision: "show", looked: "yes" }, office)).status).toBe(403);
    const own = stairwell;
    stairwell = await createStairwell(database.db, { stage: "construction" });
    const foreign = await person("committee", stairwell.committeeId);
    expect((await decide(file, { decision: "show", looked: "yes" }, foreign)).status).toBe(422);
    stairwell = own;
    expect((await visitor.get(`/files/${file}/screen`)).status).toBe(302);
  });

  it("is refused for ballots and authorisations by the database itself", async () => {
    const at = new Date();
    const scan = { id: "s".repeat(22), subdistrictId: stairwell.subdistrictId, kind: "scan" as const, originalType: "image/jpeg" as const, originalBytes: 9, pages: 1, at, storedAt: at };
    await database.db.insertInto("file").values(scan).execute();
    const by = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId });
    await expect(database.db.updateTable("file").set({ publicSince: at, publicBy: by }).where("id", "=", scan.id).execute()).rejects.toThrow("check constraint");
    await expect(database.db.updateTable("file").set({ kind: "photo" }).where("id", "=", scan.id).execute()).rejects.toThrow("permission denied");
  });
});

describe("removing a photo", () => {
  it("takes a reason, and leaves nothing of it on the pages and in the store", async () => {
    const file = await sentPhoto();
    await decide(file, { decision: "show", looked: "yes" });
    expect((await decide(file, { decision: "remove", reason: " " })).body).toContain("请写明为什么删掉");
    expect(inStore()).toBe(3);
    expect((await decide(file, { decision: "remove", reason: "角落里有人" })).location).toBe(`${list()}?done=remove`);
    expect(await publicPage()).not.toContain(file);
    expect((await visitor.get(`/files/${file}/thumbnail`)).status).toBe(302);
    expect((await clerk.get(`/files/${file}/thumbnail`)).status).toBe(403);
    expect((await clerk.get(`${list()}/${file}`)).status).toBe(404);
    expect(inStore()).toBe(0);
    expect(await files()).toMatchObject([{ id: file, removedAt: expect.any(Date), erasedAt: expect.any(Date) }]);
    expect(await verbs()).toEqual(["photo-added", "photo-shown", "photo-removed"]);
  });

  it("leaves one of the same content where it was", async () => {
    const [first] = [await sentPhoto(8)];
    expect((await send([{ bytes: await photo({ seed: 8 }) }])).status).toBe(302);
    expect(inStore()).toBe(3);
    await decide(first, { decision: "remove", reason: "传了两次" });
    const [left] = (await files()).filter(({ removedAt }) => removedAt === null);
    const answer = await clerk.get(`/files/${left?.id}/screen`);
    expect(answer.status).toBe(200);
    expect(inStore()).toBe(3);
  });
});

describe("the address of a file", () => {
  it("leads nowhere without a size, beyond its pages or with a page that is none", async () => {
    const file = await sentPhoto();
    for (const rest of ["huge", "screen?page=2", "screen?page=0", "screen?page=-1", "screen?page=1e3", "screen?page=%00"]) {
      expect([400, 404]).toContain((await clerk.get(`/files/${file}/${rest}`)).status);
    }
    expect((await clerk.get("/files/xxxxxxxxxxxxxxxxxxxxxx/screen")).status).toBe(403);
    expect((await clerk.post(`/files/${file}/screen`, { "form-key": formKey() })).status).toBe(405);
  });
});
