import { z } from "zod";

/** Which consultations the desk lists: those that need something yet, those that are done, or all. */
export const consultationShows = ["running", "ended", "all"] as const;
export type ConsultationShow = (typeof consultationShows)[number];

export const deskConsultationsQuery = z.object({
  show: z.enum(consultationShows).default("running"),
  community: z.string().max(12).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});

/** What is typed to find a flat at the desk: the place, and the room at its end where there is one: "海棠苑 8号 502", "A1-008 502室". */
export function splitRoom(typed: string): { place: string; room: string | null } {
  const plain = typed.normalize("NFKC").trim();
  const [, place, room] = /^(.+?)[\s-]*(?<=[\s号-])(\d[\dA-Z]{2,4})室?$/i.exec(plain) ?? [];
  return place && room ? { place, room: room.toUpperCase() } : { place: plain, room: null };
}
