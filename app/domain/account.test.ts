import { describe, expect, it } from "vitest";
import {
  accountStepForm, grantForm, isManaged, isSetupOpen, newAccountForm, newPassword, readStairwellCodes, rolesToGive, setupForm, whyManagingIsRefused,
  type ManagedAccount, type Manager,
} from "./account.ts";

const faults = (schema: { safeParse: (form: unknown) => { error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined } }, form: unknown) =>
  schema.safeParse(form).error?.issues.map(({ path, message }) => [path[0], message]) ?? [];

describe("a password", () => {
  it("has at least twelve characters, counted as people count them", () => {
    const parse = (password: string) => newPassword.safeParse(password).error?.issues[0]?.message ?? "fine";
    expect(parse("")).toBe("missing");
    expect(parse("eleven char")).toBe("too-short");
    expect(parse("twelve chars")).toBe("fine");
    expect(parse("月下门前三棵银杏二十七")).toBe("too-short");
    expect(parse("月下门前三棵银杏二十七号")).toBe("fine");
    expect(parse("𠮷".repeat(11))).toBe("too-short");
    expect(parse("x".repeat(201))).toBe("too-long");
  });
});

describe("a new account", () => {
  const clerk = { login: "lin.fang", name: "林芳", role: "committee", committee: "7" };

  it("says where its role holds", () => {
    expect(newAccountForm.parse(clerk)).toMatchObject({ login: "lin.fang", committee: 7 });
    expect(faults(newAccountForm, { ...clerk, committee: "" })).toEqual([["committee", "missing"]]);
    expect(faults(newAccountForm, { ...clerk, role: "assessor" })).toEqual([["stairwells", "missing"]]);
    expect(faults(newAccountForm, { ...clerk, role: "office" })).toEqual([["subdistrict", "missing"]]);
    expect(newAccountForm.parse({ login: "tang", name: "唐宁", role: "admin" })).toMatchObject({ role: "admin" });
    expect(grantForm.parse({ role: "agent", stairwells: "A1-001 a1-002" })).toMatchObject({ stairwells: "A1-001 a1-002" });
    expect(faults(grantForm, { role: "resident" })).toEqual([["role", "missing"]]);
    expect(faults(grantForm, { role: "committee", committee: "x" })).toEqual([["committee", "unknown"]]);
  });

  it("has a login that everybody can type", () => {
    for (const login of ["Lin", "1lin", "l", "lin fang", "林芳"]) expect(faults(newAccountForm, { ...clerk, login })).toEqual([["login", "not-a-login"]]);
  });
});

describe("codes of stairwells", () => {
  it("are read in any case, parted by whatever people use, each once", () => {
    expect(readStairwellCodes(" a1-001，A1-002\nA1-001；b2-003、 ")).toEqual(["A1-001", "A1-002", "B2-003"]);
    expect(readStairwellCodes("  ")).toEqual([]);
  });
});

describe("a change of an account", () => {
  it("names the grant that it withdraws", () => {
    expect(accountStepForm.parse({ step: "revoke", grant: "3" })).toEqual({ step: "revoke", grant: 3 });
    expect(accountStepForm.parse({ step: "setup" })).toEqual({ step: "setup" });
    expect(faults(accountStepForm, { step: "revoke", grant: "" })).toEqual([["grant", "missing"]]);
    expect(faults(accountStepForm, { step: "promote" })).toEqual([["step", "missing"]]);
  });

  const office: Manager = { accountId: 1, isAdmin: false, subdistrictIds: [10] };
  const admin: Manager = { accountId: 2, isAdmin: true, subdistrictIds: [] };
  const clerk: ManagedAccount = { accountId: 3, isStaff: true, subdistrictId: 10, grants: [{ role: "committee", subdistrictId: 10 }] };

  it("is the office's within its subdistrict, and the admin's everywhere", () => {
    expect([isManaged(clerk, office), isManaged(clerk, admin)]).toEqual([true, true]);
    const elsewhere = { ...clerk, subdistrictId: 11 };
    const reachesFurther = { ...clerk, grants: [...clerk.grants, { role: "assessor" as const, subdistrictId: 11 }] };
    const isAdmin = { ...clerk, grants: [{ role: "admin" as const, subdistrictId: null }] };
    for (const other of [elsewhere, reachesFurther, isAdmin]) expect([isManaged(other, office), isManaged(other, admin)]).toEqual([false, true]);
    const resident = { ...clerk, isStaff: false };
    expect([isManaged(resident, office), isManaged(resident, admin)]).toEqual([false, false]);
  });

  it("takes a second person", () => {
    expect(whyManagingIsRefused(clerk, office)).toBeNull();
    expect(whyManagingIsRefused({ ...clerk, accountId: 1 }, office)).toEqual({ code: "own_account" });
    expect(whyManagingIsRefused({ ...clerk, accountId: 2 }, admin)).toEqual({ code: "own_account" });
    expect(whyManagingIsRefused({ ...clerk, subdistrictId: 11 }, office)).toEqual({ code: "account_unknown" });
  });

  it("makes an admin by an admin alone", () => {
    expect(rolesToGive(office)).not.toContain("admin");
    expect(rolesToGive(admin)).toContain("admin");
  });
});

describe("a setup code", () => {
  const good = { login: "lin", setup: "7k3m 9pqr 2txb", password: "月下门前-三棵银杏-27", repeated: "月下门前-三棵银杏-27" };

  it("is read as people type it, and the password twice", () => {
    expect(setupForm.parse(good)).toMatchObject({ setup: "7K3M-9PQR-2TXB" });
    expect(faults(setupForm, { ...good, setup: "7K3M" })).toEqual([["setup", "code-of-12"]]);
    expect(faults(setupForm, { ...good, repeated: "something else" })).toEqual([["repeated", "not-the-same"]]);
    expect(faults(setupForm, { ...good, password: "short", repeated: "short" })).toEqual([["password", "too-short"]]);
  });

  it("is good for a day, once, until another takes its place", () => {
    const now = new Date("2026-11-21T02:00:00Z");
    const open = { expiresAt: new Date("2026-11-21T02:00:01Z"), usedAt: null, revokedAt: null };
    expect(isSetupOpen(open, now)).toBe(true);
    expect(isSetupOpen({ ...open, expiresAt: now }, now)).toBe(false);
    expect(isSetupOpen({ ...open, usedAt: now }, now)).toBe(false);
    expect(isSetupOpen({ ...open, revokedAt: now }, now)).toBe(false);
  });
});
