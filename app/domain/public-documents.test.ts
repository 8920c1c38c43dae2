import { describe, expect, it } from "vitest";
import { documentKinds, hasDocuments, isPublishable, missingDocuments, namesPeople, publicDocuments, type DocumentFacts } from "./public-documents.ts";
import { evidenceKinds } from "./stage-moves.ts";
import type { Stage } from "./stages.ts";

const one = (kind: string, given: Partial<DocumentFacts> = {}): DocumentFacts => ({ kind, text: null, day: "2026-11-20", recordedAt: new Date("2026-11-21T02:00:00Z"), file: null, publicPages: [], ...given });
const page = { page: 1, width: 800, height: 1_100 };

describe("the documents of a project", () => {
  it("are read by everybody with number and day in the order of the way; agreements, shares and contracts are not among them", () => {
    const all = publicDocuments([...evidenceKinds].reverse().map((kind) => one(kind, { text: "12 号" })));
    expect(all.map(({ kind }) => kind)).toEqual([...documentKinds]);
    expect(all[0]).toEqual({ kind: "design-review", number: "12 号", day: "2026-11-20", file: null });
    for (const kind of ["agreement", "cost-shares", "agent-contract"] as const) expect([isPublishable(kind), namesPeople(kind)]).toEqual([false, true]);
    expect(documentKinds.some(namesPeople)).toBe(false);
  });

  it("show a file once staff have looked at it, and never one of a kind that names people", () => {
    const files = (evidence: DocumentFacts) => publicDocuments([evidence])[0]?.file;
    expect(files(one("inspection-report", { file: "f1", publicPages: [page] }))).toEqual({ id: "f1", day: "2026-11-20", pages: [page] });
    expect(files(one("registration-number", { day: null, file: "f1", publicPages: [page] }))).toMatchObject({ day: "2026-11-21" });
    expect(files(one("inspection-report", { file: "f1" }))).toBeNull();
    expect(files(one("start-date", { file: "f1", publicPages: [page] }))).toBeNull();
    expect(publicDocuments([one("agreement", { file: "f1", publicPages: [page] })])).toEqual([]);
  });

  it("begin with the approval", () => {
    expect(["agreement", "approval", "in-use"].map((stage) => hasDocuments(stage as Stage))).toEqual([false, true, true]);
  });

  it("name those that are still to come", () => {
    expect(missingDocuments([one("design-review"), one("agreement")])).toEqual(documentKinds.slice(1));
    expect(missingDocuments(documentKinds.map((kind) => one(kind)))).toEqual([]);
  });
});
