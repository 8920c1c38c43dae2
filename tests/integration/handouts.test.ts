import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encode } from "uqr";
import { qrPath } from "#app/ui/qr-code.tsx";
import { recordPlan } from "#app/use-cases/plan/record-plan.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, testVault } from "../support/factories.ts";
import { mayLook } from "../support/looks.ts";
import { createFirm, planOf } from "../support/plans.ts";
import { openPortal, ORIGIN, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

const now = new Date("2026-11-21T03:00:00Z");

let database: TestDatabase;
let opened: OpenedConsultation;
let clerk: TestPortal;

beforeAll(async () => {
  database = await cloneDatabase();
  const { db } = database;
  opened = await openedConsultation(db, {
    now: new Date("2026-11-21T02:00:00Z"),
    before: async ({ code, subdistrictId, committeeId, flats }) => {
      await createOwner(db, { subdistrictId, flatIds: [flats[0]?.id ?? 0], name: "谢𠮷涛" });
      const firmId = await createFirm(db, subdistrictId);
      const accountId = await createAccount(db, "committee", { subdistrictId, scopeId: committeeId });
      await done(recordPlan({ db, vault: testVault, storage: database.storage, now: new Date("2026-11-20T02:00:00Z") }, planOf(code, firmId, accountId)));
    },
  });
  const portal = await openPortal(database, { clock: () => now });
  clerk = await signedIn(db, portal, opened.clerk, now);
});
afterAll(() => database.close());

const print = (what: string) => `/desk/consultations/${opened.consultation}/print/${what}`;

describe("the ballots of a stairwell", () => {
  it("name the owners of each flat, the version of the plan, the deadline, and no choice", async () => {
    await done(opened.cast("101", "oppose"));
    const { status, body } = await clerk.get(print("ballots"));
    expect(status).toBe(200);
    expect(body.match(/class="sheet"/g)).toHaveLength(12);
    expect(body).toContain("谢𠮷涛（签名）");
    expect(body).toContain("您是否同意本楼道按方案一（第 1 版）加装电梯？");
    expect(body).toContain("11 月 28 日 24:00 前交到");
    expect(body).not.toContain("oppose");
    expect(body).not.toContain("已有");
  });

  it("carry a code that leads the clerk to exactly that flat of that consultation and plan version", async () => {
    const { body } = await clerk.get(print("ballots"));
    const url = `${ORIGIN}/desk/consultations/${opened.consultation}?room=502`;
    const code = encode(url, { ecc: "M", border: 4 });
    expect(body.split(qrPath(code.data)).length).toBe(2);
    await mayLook(database.db, { consultation: opened.consultation, accountId: opened.clerk, now });
    const board = await clerk.get(url.replace(ORIGIN, ""));
    expect(board.body).toContain("502 室");
    expect(board.body).toMatch(/data-room="502"[^>]*aria-current="true"|aria-current="true"[^>]*data-room="502"/);
    expect(board.body).toContain("方案一（第 1 版）");
  });

  it("are not printed any more once the consultation is closed; the roll still is", async () => {
    expect((await clerk.get(print("nothing"))).status).toBe(404);
    expect((await clerk.get(`${print("ballots")}?stairwell=nowhere`)).status).toBe(404);
    await done(opened.close());
    expect((await clerk.get(print("ballots"))).status).toBe(404);
    const roll = await clerk.get(print("roll"));
    expect(roll.body).toContain("12 户，12 人（表决人数），720.00 平方米");
  });
});
