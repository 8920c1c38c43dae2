import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordFault } from "#app/use-cases/works/record-fault.server.ts";
import { takeFaultStep } from "#app/use-cases/works/take-fault-step.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { listFaults } from "#db/queries/site-faults.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";
import { createSite, type TestSite } from "../support/works.ts";

let database: TestDatabase;
let site: TestSite;
let bytes: Buffer;
beforeAll(async () => {
  database = await cloneDatabase();
  site = await createSite(database);
  bytes = await photo({ width: 120, height: 90 });
});
afterAll(() => database.close());

const find = (given: Partial<Parameters<typeof recordFault>[1]> = {}) =>
  recordFault(site.on(3), { stairwell: site.stairwell.code, milestone: "M0", text: "老张说焊缝开裂", dueOn: "2026-12-10", photos: [bytes], accountId: site.clerk, formKey: formKey(), ...given });
const step = (faultId: number, kind: Parameters<typeof takeFaultStep>[1]["step"], given: Partial<Parameters<typeof takeFaultStep>[1]> = {}) =>
  takeFaultStep(site.on(4), {
    stairwell: site.stairwell.code, faultId, step: kind, text: null, photos: kind === "rectified" ? [bytes] : [], accountId: kind === "rectified" ? site.contractor : site.clerk, formKey: formKey(), ...given,
  });

describe("a fault at the site", () => {
  it("is found, put right with a photo, sent back, put right again and checked, each with who and when", async () => {
    const { faultId } = await done(find());
    expect(await refusalOf(step(faultId, "rectified", { photos: [] }))).toBe("fault_photo_missing");
    expect(await refusalOf(step(faultId, "checked"))).toBe("fault_not_rectified");
    await done(step(faultId, "rectified"));
    expect(await refusalOf(step(faultId, "checked", { accountId: site.contractor }))).toBe("fault_own_step");
    expect(await refusalOf(step(faultId, "returned"))).toBe("fault_reason_missing");
    await done(step(faultId, "returned", { text: "还在渗水" }));
    await done(step(faultId, "rectified"));
    await done(step(faultId, "checked"));
    expect(await refusalOf(step(faultId, "rectified"))).toBe("fault_checked");
    const [fault] = await listFaults(database.db, site.stairwell.stairwellId);
    expect(fault?.photos).toHaveLength(1);
    expect(fault?.steps.map(({ kind, accountId, at, photos }) => [kind, accountId, at, photos.length])).toEqual([
      ["rectified", site.contractor, site.on(4).now, 1], ["returned", site.clerk, site.on(4).now, 0], ["rectified", site.contractor, site.on(4).now, 1], ["checked", site.clerk, site.on(4).now, 0],
    ]);
    const log = await readLog(database.db, site.stairwell.stairwellId);
    expect(log.map(({ verb }) => verb).filter((verb) => verb.startsWith("fault"))).toEqual(["fault-found", "fault-rectified", "fault-returned", "fault-rectified", "fault-checked"]);
    expect(JSON.stringify(log)).not.toMatch(/老张|渗水/);
    await verifyChain(database.db, site.stairwell.stairwellId);
    expect(await listRowFaults(database.db)).toEqual([]);
  });

  it("is one when its form is sent twice, and is put right once by two at the same moment", async () => {
    const key = formKey();
    expect(await done(find({ formKey: key }))).toEqual(await done(find({ formKey: key })));
    const { faultId } = await done(find());
    expect((await Promise.all([step(faultId, "rectified"), step(faultId, "rectified")].map(refusalOf))).sort()).toEqual(["done", "fault_rectified"]);
  });

  it("is refused where it does not belong, and leaves no photo", async () => {
    const before = await database.db.selectFrom("file").select("id").where("removedAt", "is", null).execute();
    const other = await createSite(database, { planned: false });
    expect(await refusalOf(find({ milestone: "M99" }))).toBe("milestone_unknown");
    expect(await refusalOf(find({ stairwell: other.stairwell.code }))).toBe("no_works_plan");
    expect(await refusalOf(find({ stairwell: "NONE-1" }))).toBe("stairwell_unknown");
    expect(await refusalOf(step(999_999, "rectified"))).toBe("fault_unknown");
    expect(await refusalOf(step(1, "rectified", { stairwell: "NONE-1" }))).toBe("stairwell_unknown");
    expect(await database.db.selectFrom("file").select("id").where("removedAt", "is", null).execute()).toEqual(before);
  });
});

describe("the pages of faults", () => {
  async function send(by: TestPortal, url: string, fields: Record<string, string>, files: readonly Uint8Array[] = []) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ "form-key": formKey(), ...fields })) form.set(name, value);
    for (const one of files) form.append("photos", new Blob([new Uint8Array(one)]), "IMG.jpg");
    return by.upload(url, form);
  }

  it("let the committee write down and check, and the contractor put right; nobody else", async () => {
    site = await createSite(database);
    const { code, subdistrictId } = site.stairwell;
    const portal = await openPortal(database, { clock: () => site.on(3).now });
    const as = (accountId: number) => signedIn(database.db, portal, accountId, site.on(3).now);
    const [clerk, contractor] = [await as(site.clerk), await as(site.contractor)];
    const [desk, phone] = [`/desk/s/${code}/construction/faults`, `/site/${code}/faults`];
    const bad = await send(clerk, desk, { act: "found", milestone: "M0", text: "焊缝开裂", dueOn: "" });
    expect([bad.status, bad.body.includes("焊缝开裂")]).toEqual([422, true]);
    expect((await send(clerk, desk, { act: "found", milestone: "M0", text: "焊缝开裂", dueOn: "2026-12-10" })).location).toBe(`${desk}?done=yes`);
    const [fault] = await listFaults(database.db, site.stairwell.stairwellId);
    const id = String(fault?.id);
    expect((await contractor.get(phone)).body).toContain("焊缝开裂");
    expect((await send(contractor, phone, { fault: id })).status).toBe(422);
    expect((await send(contractor, phone, { fault: id }, [bytes])).location).toBe(`${phone}?done=yes`);
    expect((await clerk.get(desk)).body).toContain("待复查");
    expect((await send(clerk, desk, { act: "checked", fault: id })).status).toBe(302);
    expect((await send(clerk, desk, { act: "checked", fault: id })).status).toBe(409);

    const foreign = await createStairwell(database.db);
    const office = await as(await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId }));
    const others = [await as(await createAccount(database.db, "contractor", { subdistrictId: foreign.subdistrictId, scopeId: foreign.stairwellId })), await as(await createAccount(database.db, "assessor", { subdistrictId, scopeId: site.stairwell.stairwellId }))];
    for (const person of others) for (const url of [desk, phone]) expect((await person.get(url)).status).toBe(403);
    expect([(await office.get(desk)).status, (await send(office, desk, { act: "checked", fault: id })).status]).toEqual([200, 403]);
  });
});
