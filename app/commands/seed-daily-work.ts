import { randomBytes } from "node:crypto";
import type { TicketKind, TicketParty } from "#app/domain/ticket.ts";
import type { VisitOutcome } from "#app/domain/visit.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { openTicket, type TicketOpener } from "#app/use-cases/ticket/open-ticket.server.ts";
import { takeTicketStep, type TicketAct } from "#app/use-cases/ticket/take-ticket-step.server.ts";
import type { Outcome } from "#app/use-cases/transact.server.ts";
import { recordVisit } from "#app/use-cases/visit/record-visit.server.ts";
import type { Db } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import type { DemoStairwell } from "#db/seeds/demo.server.ts";

interface DemoTicket {
  stairwell: string;
  room: string;
  kind: TicketKind;
  channel: "phone" | "walk-in";
  text: string;
  /** Days before today. */
  opened: number;
  steps?: readonly { days: number; step: TicketAct["step"]; parties?: readonly TicketParty[]; text?: string }[];
}

const TICKETS: readonly DemoTicket[] = [
  {
    stairwell: "A1-005", room: "302", kind: "quality", channel: "walk-in", opened: 16,
    text: "三楼走道的墙面裂了一条缝，开门的时候掉灰。",
    steps: [
      { days: 15, step: "assigned", parties: ["contractor"] },
      { days: 13, step: "note", text: "施工单位约了后天下午上门查看。" },
      { days: 11, step: "answer", text: "裂缝只在抹灰层，已凿开重抹，一个月内再来复查一次。" },
      { days: 9, step: "solved" },
    ],
  },
  {
    stairwell: "A1-005", room: "501", kind: "money", channel: "phone", opened: 12,
    text: "第二期款已经交了两个星期，还没有拿到收据。",
    steps: [{ days: 11, step: "assigned", parties: ["committee", "agent"] }],
  },
  {
    stairwell: "A1-005", room: "202", kind: "noise", channel: "phone", opened: 1,
    text: "早上六点半就开始敲，老人心脏不好。\n能不能八点以后再开工？",
    steps: [{ days: 0.4, step: "assigned", parties: ["contractor"] }],
  },
  { stairwell: "A1-002", room: "101", kind: "ballot-not-mine", channel: "walk-in", opened: 0.3, text: "我上个月都在外地，没有填过票，也没有委托别人。" },
  { stairwell: "A1-002", room: "602", kind: "other", channel: "phone", opened: 0.2, text: "儿子在国外，怎样委托邻居投票？" },
];

/** Talks at the doors of a stairwell that votes, days before today. */
const VISITS: readonly { stairwell: string; room: string; outcome: VisitOutcome; days: number; note?: string }[] = [
  { stairwell: "A1-002", room: "601", outcome: "absent", days: 5 },
  { stairwell: "A1-002", room: "602", outcome: "met", days: 5, note: "女儿周末回来一起看材料，周日下午再去。" },
  { stairwell: "A1-002", room: "601", outcome: "absent", days: 3 },
  { stairwell: "A1-002", room: "502", outcome: "absent", days: 3 },
  { stairwell: "A1-002", room: "402", outcome: "called", days: 2, note: "在外地，要带委托书回来。" },
  { stairwell: "A1-002", room: "601", outcome: "absent", days: 1 },
];

interface Seeding {
  db: Db;
  vault: Vault;
  ago: (days: number) => Date;
  /** Accounts of the two clerks of each committee, and of the office. */
  clerks: readonly number[];
}

/** What the demo's clerks do day by day: they take down and answer tickets, and ring at doors. */
export async function seedDailyWork(seeding: Seeding, stairwells: readonly DemoStairwell[]): Promise<void> {
  await seedTickets(seeding, stairwells);
  const { db, vault, ago, clerks } = seeding;
  for (const { days, note = null, ...visit } of VISITS) {
    const committee = stairwells.find(({ code }) => code === visit.stairwell)?.committee ?? 0;
    must(await recordVisit({ db, vault, now: ago(days) }, { ...visit, note, accountId: clerks[committee * 2 + 1] ?? 0, formKey: formKey() }));
  }
}

async function seedTickets({ db, vault, ago, clerks }: Seeding, stairwells: readonly DemoStairwell[]): Promise<void> {
  for (const { stairwell, room, kind, channel, text, opened, steps = [] } of TICKETS) {
    const at = stairwells.find(({ code }) => code === stairwell);
    const phone = at?.flats.find((flat) => flat.room === room)?.phone ?? null;
    if (!at || phone === null) throw new Error(`the demo has no flat ${stairwell} ${room}`);
    const accountId = clerks[at.committee * 2] ?? 0;
    const by: TicketOpener = { channel, accountId, name: "住户", phone, scope: { committeeIds: [], subdistrictIds: [at.subdistrictId] } };
    const { ticketId } = must(await openTicket({ db, vault, now: ago(opened) }, { stairwell, room, kind, text, by, formKey: formKey() }));
    for (const { days, step, parties = [], text: words = null } of steps) {
      const act = { ticketId, side: "committee", step, parties, text: words, accountId, formKey: formKey(), message: tickets.message } as const;
      must(await takeTicketStep({ db, vault, now: ago(days) }, act));
    }
  }
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the demo was refused: ${outcome.problem.code}`);
  return outcome;
}

const formKey = () => randomBytes(16).toString("base64url");
