import type { FileSize } from "./domain/files.ts";

/** Every URL of the portal, once. */
const query = (values: Record<string, string | number | undefined>) => {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([k, v]) => [k, String(v)])).toString()}`;
};

export const paths = {
  home: () => "/",
  search: (q?: string) => `/find${query({ q })}`,
  communities: () => "/communities",
  community: (code: string) => `/communities/${code}`,
  stairwell: (code: string) => `/s/${code}`,
  intent: (code: string, step?: string) => `/s/${code}/intent${query({ step })}`,
  ownIntent: (code: string, room: string) => `/s/${code}/intent${query({ room })}`,
  intentAgain: (code: string) => `/s/${code}/intent?again=yes`,
  intentDone: (code: string, receipt: string, already?: "already") => `/s/${code}/intent/${receipt}${query({ seen: already })}`,
  slip: (code: string) => `/q/${code}`,
  progress: (at: { committee?: number; community?: string; stage?: string; page?: number } = {}) => `/progress${query(at)}`,
  reserve: (page?: number) => `/reserve${query({ page })}`,
  help: () => "/help",
  helpTopic: (topic: string) => `/help#${topic}`,
  data: () => "/data",
  file: (id: string, size: FileSize, page = 1) => `/files/${id}/${size}${query({ page: page > 1 ? page : undefined })}`,
  verify: () => "/verify",
  call: (phone: string) => `tel:${phone.replaceAll(/[^\d+]/g, "")}`,
  view: (to: "normal" | "elder", back: string) => `/view${query({ to, back })}`,

  signIn: (to?: string, lost = false) => `/sign-in${query({ to, lost: lost ? "yes" : undefined })}`,
  signInCode: () => "/sign-in/code",
  staffSignIn: (to?: string, lost = false) => `/sign-in/staff${query({ to, lost: lost ? "yes" : undefined })}`,
  signOut: () => "/sign-out",
  me: () => "/me",
  myBallot: (consultation: string, room?: string) => `/me/ballots/${consultation}${query({ room })}`,

  accounts: () => "/desk/accounts",
  assessments: () => "/desk/assessments",
  site: () => "/site",
  desk: () => "/desk",
  deskStairwell: (code: string, done?: { roll: "stored" | "unchanged" }) => `/desk/s/${code}${query(done ?? {})}`,
  deskIntents: () => "/desk/intents",
  deskTickets: (at: { show?: string; page?: number } = {}) => `/desk/tickets${query(at)}`,
  deskTicket: (id: number) => `/desk/tickets/${id}`,
  deskFile: (code: string, room?: string) => `/desk/s/${code}/intent${query({ room })}`,
  deskQuestions: (code: string) => `/desk/s/${code}/questions`,
  deskRoll: (code: string, gone?: "gone") => `/desk/s/${code}/roll${query({ draft: gone })}`,
  deskRollDraft: (code: string, draft: string) => `/desk/s/${code}/roll/${draft}`,
  deskPoster: (code: string) => `/desk/s/${code}/poster`,
  deskSlips: (code: string) => `/desk/s/${code}/slips`,
  openConsultation: (code: string) => `/desk/s/${code}/consultation`,
  consultation: (code: string, at: { room?: string; stairwell?: string; channel?: string; saved?: string } = {}) => `/desk/consultations/${code}${query(at)}`,
  consultationBoard: (code: string, stairwell?: string) => `/desk/consultations/${code}/board${query({ stairwell })}`,
  consultationUndo: (code: string, stairwell?: string) => `/desk/consultations/${code}/undo${query({ stairwell })}`,
  consultationLive: (code: string) => `/desk/consultations/${code}/live`,
  consultationFile: (code: string) => `/desk/consultations/${code}/file`,
  ballotHistory: (code: string, room: string) => `/desk/consultations/${code}/${encodeURIComponent(room)}`,
  endConsultation: (code: string) => `/desk/consultations/${code}/end`,

  office: (at: { committee?: number | undefined; community?: string | undefined; page?: number } = {}) => `/desk/office${query(at)}`,
  officeReserve: (page?: number) => `/desk/office/reserve${query({ page })}`,
  officeWaiting: (at: { committee?: number | undefined; community?: string | undefined; stage?: string | undefined; page?: number } = {}) => `/desk/office/waiting${query(at)}`,
  settings: () => "/desk/office/settings",
  setting: (key: string, saved = false) => `/desk/office/settings/${key}${query({ saved: saved ? "yes" : undefined })}`,

  demo: () => "/demo",
  demoMessages: () => "/demo/messages",
  demoComponents: () => "/demo/components",

  apiStairwells: () => "/api/v1/stairwells.csv",
  apiStairwell: (code: string) => `/api/v1/stairwells/${code}.json`,
  apiResult: (consultation: string) => `/api/v1/results/${consultation}.json`,
  apiProgress: () => "/api/v1/progress.json",
} as const;
