import { readCode, SLIP_CODE_LENGTH } from "#app/domain/codes.ts";
import { findSlip } from "#db/queries/intents.server.ts";
import type { PortalContext } from "./context.server.ts";

export type HeldSlip = NonNullable<Awaited<ReturnType<typeof findSlip>>> & {
  /** Its written form. */
  code: string;
};

/** The slip that a typed or scanned code is of; else the status for one that is unknown, or of whom too many were tried. */
export async function readSlip(context: PortalContext, typed: string): Promise<HeldSlip | 404 | 429> {
  if ((await context.limits.over("slip-wrong", context.address)) !== null) return 429;
  const code = readCode(typed, SLIP_CODE_LENGTH);
  const slip = code === null ? undefined : await findSlip(context.db, context.vault.hash("slip", code));
  if (slip && code !== null) return { ...slip, code };
  await context.limits.wait("slip-wrong", context.address);
  return 404;
}
