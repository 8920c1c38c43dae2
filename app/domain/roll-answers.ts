import { z } from "zod";

/** Pairs that are asked about beside the preview; the others wait for the page of questions. */
export const MOST_ANSWERS = 40;

export const answerField = (index: number) => `answer-${index}`;

const answer = z.preprocess((value) => (value === "" ? undefined : value), z.enum(["same", "different"], { error: "unknown" }).optional());

/** The form that confirms a roll: what the clerk says about each pair, in their order; one may be left open. */
export function confirmForm(pairs: number) {
  const answers = Object.fromEntries(Array.from({ length: Math.min(pairs, MOST_ANSWERS) }, (_, index) => [answerField(index), answer]));
  return z.object({ asked: z.string().max(64, { error: "unknown" }).optional(), ...answers });
}

/** The pairs that were answered, each with its answer. */
export function answeredPairs<Pair extends object>(pairs: readonly Pair[], data: Readonly<Record<string, unknown>>): (Pair & { answer: "same" | "different" })[] {
  return pairs.slice(0, MOST_ANSWERS).flatMap((pair, index) => {
    const given = data[answerField(index)];
    return given === "same" || given === "different" ? [{ ...pair, answer: given }] : [];
  });
}
