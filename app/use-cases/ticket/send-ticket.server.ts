import { findPlace } from "#db/queries/flats.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { withStoredFiles } from "../file/with-stored-files.server.ts";
import type { Outcome } from "../transact.server.ts";
import { openTicket, type TicketOpening } from "./open-ticket.server.ts";

/**
 * Opens a ticket with photos as they come from a phone.
 *
 * Refusals: FileFault at `photos`, and those of `openTicket`; a refused ticket leaves no photo.
 */
export async function sendTicket(
  deps: FileDeps,
  { photos, ...opening }: Omit<TicketOpening, "photos"> & { photos: readonly Uint8Array[] },
): Promise<Outcome<{ ticketId: number; dueOn: string }>> {
  const place = await findPlace(deps.db, opening.stairwell);
  if (!place) return { ok: false, problem: { code: "stairwell_unknown" } };
  const given = { files: photos, at: "photos", kind: "photo", subdistrictId: place.subdistrictId, accountId: opening.by.accountId } as const;
  return withStoredFiles(deps, given, (files) => openTicket(deps, { ...opening, photos: files.map(({ fileId }) => fileId) }));
}
