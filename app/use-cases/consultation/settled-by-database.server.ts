import type { ConsultationRefusal } from "#app/domain/consultation.ts";
import type { Outcome } from "../transact.server.ts";

/** What the triggers of the tables say where a statement came too late, whatever way it took. */
const refusals: Readonly<Record<string, ConsultationRefusal>> = { JT001: "not_open", JT002: "certified" };

/** Answers with the refusal where the database itself refused a ballot after the close or a void after the certificate. */
export async function settledByDatabase<T>(outcome: Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await outcome;
  } catch (error) {
    const code = refusals[(error as { code?: string }).code ?? ""];
    if (code === undefined) throw error;
    return { ok: false, problem: { code } };
  }
}
