import { shanghaiDay } from "./shanghai-day.ts";
import type { EvidenceKind } from "./stage-moves.ts";
import { stageIndex, type Stage } from "./stages.ts";

/** What is filed with the authorities or handed over: its numbers and days are public, and a file that staff have looked at. */
export const documentKinds = ["design-review", "filing-number", "start-date", "inspection-report", "acceptance-record", "registration-number", "handover"] as const satisfies readonly EvidenceKind[];
export type DocumentKind = (typeof documentKinds)[number];

/** Whether a project has come so far that some of them can be on record. */
export function hasDocuments(stage: Stage): boolean {
  return stageIndex(stage) >= stageIndex("approval");
}

/** Whether everybody reads of it. */
export function isDocument(kind: EvidenceKind): boolean {
  return (documentKinds as readonly EvidenceKind[]).includes(kind);
}

/** Whether its file may be shown to everybody. */
export function isPublishable(kind: EvidenceKind): boolean {
  return kind !== "start-date" && isDocument(kind);
}

const namingPeople: readonly string[] = ["agreement", "cost-shares", "agent-contract"] satisfies EvidenceKind[];

/** Whether it names owners and what they pay, and so is the committee's and the office's alone, whoever else works at the stairwell. */
export function namesPeople(kind: string): boolean {
  return namingPeople.includes(kind);
}

/** A piece of evidence as it is on record; of each kind the newest. */
export interface DocumentFacts {
  kind: string;
  text: string | null;
  day: string | null;
  recordedAt: Date;
  file: string | null;
  /** Pages of the file; none while nobody has looked that it may be shown. */
  publicPages: readonly { page: number; width: number; height: number }[];
}

export interface PublicDocument {
  kind: DocumentKind;
  number: string | null;
  day: string | null;
  /** The pages of its file, where staff have shown it. */
  file: { id: string; day: string; pages: DocumentFacts["publicPages"] } | null;
}

/** The documents of a project as everybody sees them, in the order of the way; who recorded them is not in it. */
export function publicDocuments(evidence: readonly DocumentFacts[]): PublicDocument[] {
  return documentKinds.flatMap((kind) => {
    const found = evidence.find((one) => one.kind === kind);
    if (!found) return [];
    const { text, day, recordedAt, file, publicPages } = found;
    const isShown = file !== null && isPublishable(kind) && publicPages.length > 0;
    return [{ kind, number: text, day, file: isShown ? { id: file, day: day ?? shanghaiDay(recordedAt), pages: publicPages } : null }];
  });
}

/** What is still to come, in the order of the way. */
export function missingDocuments(evidence: readonly Pick<DocumentFacts, "kind">[]): DocumentKind[] {
  return documentKinds.filter((kind) => evidence.every((one) => one.kind !== kind));
}
