import { describe, expect, it } from "vitest";
import { ballotForm, endForm, onlineBallotForm, openForm, openSeveralForm, undoForm, voidForm } from "./consultation-forms.ts";

const faults = (result: { error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
  result.error?.issues.map(({ path, message }) => [path[0], message]);

describe("the forms of a consultation", () => {
  it("open with a rule and a day", () => {
    const typed = { ruleset: "cn-civil-278-major", closesOn: " 2026-12-20 " };
    expect(openForm.parse(typed)).toEqual({ ruleset: "cn-civil-278-major", closesOn: "2026-12-20" });
    expect(faults(openForm.safeParse({ ruleset: "my-own", closesOn: "2026-02-30" }))).toEqual([["ruleset", "missing"], ["closesOn", "not-a-day"]]);
    expect(faults(openForm.safeParse({}))).toEqual([["ruleset", "missing"], ["closesOn", "missing"]]);
  });

  it("open several with at least one stairwell", () => {
    const typed = { ruleset: "cn-civil-278-major", closesOn: "2026-12-20" };
    expect(openSeveralForm.parse({ ...typed, stairwell: ["A1-001", "A1-002"] }).stairwell).toEqual(["A1-001", "A1-002"]);
    expect(faults(openSeveralForm.safeParse({ ...typed, stairwell: [] }))).toEqual([["stairwell", "missing"]]);
    expect(faults(openSeveralForm.safeParse({ ...typed, stairwell: ["A".repeat(25)] }))).toEqual([["stairwell", "unknown"]]);
  });

  it("take a resident's choice", () => {
    expect(onlineBallotForm.parse({ room: "101", choice: "abstain" })).toEqual({ room: "101", choice: "abstain" });
    expect(faults(onlineBallotForm.safeParse({ room: "101", choice: "maybe" }))).toEqual([["choice", "missing"]]);
  });

  it("take a proxy with its written authorisation only", () => {
    const proxy = { room: "101", choice: "agree", channel: "proxy", receivedOn: "" };
    expect(faults(ballotForm.safeParse({ ...proxy, authorisation: " " }))).toEqual([["authorisation", "missing"], ["authorisationPage", "missing"]]);
    const authorised = { ...proxy, authorisation: "委托其子代为同意", page: "7", authorisationPage: "8" };
    expect(ballotForm.parse(authorised)).toMatchObject({ authorisation: "委托其子代为同意", page: 7, authorisationPage: 8, receivedOn: undefined });
    for (const page of ["0", "-1", "x"]) expect(faults(ballotForm.safeParse({ ...authorised, page }))).toEqual([["page", "unknown"]]);
    expect(ballotForm.parse({ ...proxy, channel: "paper", receivedOn: "2026-11-20" })).toMatchObject({ receivedOn: "2026-11-20" });
    expect(faults(ballotForm.safeParse({ ...proxy, channel: "online" }))).toEqual([["channel", "missing"]]);
  });

  it("take a reason and a code where one is needed", () => {
    const request = { seq: "12", step: "request", reason: "无书面委托", code: "123 456" };
    expect(voidForm.parse(request)).toEqual({ seq: 12, step: "request", reason: "无书面委托", code: "123456" });
    for (const seq of ["0", "-1", "1.5", "1e3", "12345678901"]) expect(faults(voidForm.safeParse({ ...request, seq }))).toEqual([["seq", "unknown"]]);
    expect(faults(voidForm.safeParse({ ...request, seq: "" }))).toEqual([["seq", "missing"]]);
    for (const step of ["request", "reject"]) expect(faults(voidForm.safeParse({ ...request, step, reason: " " }))).toEqual([["reason", "missing"]]);
    for (const step of ["request", "confirm"]) expect(faults(voidForm.safeParse({ ...request, step, code: "" }))).toEqual([["code", "missing"]]);
    expect(voidForm.parse({ ...request, step: "reject", code: "" })).toMatchObject({ step: "reject", code: undefined });
    expect(voidForm.parse({ seq: "1", step: "undo" })).toEqual({ seq: 1, step: "undo" });
    expect(voidForm.parse({ seq: "1", step: "confirm", reason: "", code: "123456" })).toMatchObject({ seq: 1, reason: undefined });
    expect(endForm.parse({ step: "close", code: "123456" })).toEqual({ step: "close", code: "123456" });
    for (const step of ["close", "certify"]) expect(faults(endForm.safeParse({ step }))).toEqual([["code", "missing"]]);
    expect(endForm.parse({ step: "publish" })).toMatchObject({ step: "publish" });
    expect(faults(endForm.safeParse({ step: "close", code: "12345" }))).toEqual([["code", "not-a-code"]]);
  });

  it("take a ballot back by its number", () => {
    expect(undoForm.parse({ seq: "3" })).toEqual({ seq: 3 });
  });

  it("take the newest ballot that the person saw, none, or nothing said", () => {
    const seenIn = (seen?: string) => onlineBallotForm.parse({ room: "101", choice: "agree", seen }).seen;
    expect([seenIn("12"), seenIn("0"), seenIn(""), seenIn()]).toEqual([12, null, undefined, undefined]);
    for (const seen of ["-1", "01", "1.5", "x", "1234567890"]) expect(faults(onlineBallotForm.safeParse({ room: "101", choice: "agree", seen }))).toEqual([["seen", "unknown"]]);
  });
});
