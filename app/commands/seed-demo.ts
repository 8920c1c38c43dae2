import { randomBytes } from "node:crypto";
import type { IntentChoice, Worry } from "#app/domain/intent.ts";
import { addDays, shanghaiDay, startOfDay } from "#app/domain/shanghai-day.ts";
import { evidenceAt } from "#app/domain/stage-forms.ts";
import type { EvidenceKind } from "#app/domain/stage-moves.ts";
import type { Stage } from "#app/domain/stages.ts";
import type { Choice } from "#app/domain/tally.ts";
import { findPlaces, grantPlaces } from "#app/use-cases/account/grant-places.server.ts";
import { hashPassword } from "#app/use-cases/account/password.server.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { certifyConsultation } from "#app/use-cases/consultation/certify-consultation.server.ts";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { closeConsultation } from "#app/use-cases/consultation/close-consultation.server.ts";
import { openConsultation } from "#app/use-cases/consultation/open-consultation.server.ts";
import { publishResult } from "#app/use-cases/consultation/publish-result.server.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import { storeFile } from "#app/use-cases/file/store-file.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { addPhotos } from "#app/use-cases/photo/add-photos.server.ts";
import { decidePhoto } from "#app/use-cases/photo/decide-photo.server.ts";
import { uploadPages } from "#app/use-cases/paper/upload-pages.server.ts";
import { recordEvidence } from "#app/use-cases/stage/record-evidence.server.ts";
import { takeMove } from "#app/use-cases/stage/take-move.server.ts";
import { issueSlips } from "#app/use-cases/slip/issue-slips.server.ts";
import type { Deps, Outcome } from "#app/use-cases/transact.server.ts";
import { newSecret } from "#db/authenticator.server.ts";
import { withTransaction, type Db, type Tx } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { insertEvent } from "#db/queries/account-events.server.ts";
import { touchPages } from "#db/queries/log.server.ts";
import { listWaitingPages } from "#db/queries/paper.server.ts";
import { insertAccount } from "#db/queries/staff.server.ts";
import { readProjectFacts } from "#db/queries/project-facts.server.ts";
import {
  DEMO_PASSWORD, demoAccounts, type DemoAccount, hasSubdistrict, insertDemoDistrict, insertOldPage, sameNumbers, type DemoStairwell,
} from "#db/seeds/demo.server.ts";
import { drawBallot } from "./draw-ballot.ts";
import { seedAssessment, type Assessors } from "./seed-assessments.ts";
import { seedPlanNotice } from "./seed-plan-notice.ts";
import { seedDailyWork } from "./seed-daily-work.ts";
import { seedDesk } from "./seed-desk.ts";
import { seedContract, seedMoney } from "./seed-money.ts";
import { seedDearerPlan, seedFirms, seedPlans } from "./seed-plans.ts";
import { seedWorks } from "./seed-works.ts";
import { demoPhotos, drawPhoto, type DemoPhoto } from "./demo-photos.ts";

/** What each stairwell of the demo has come to. Where several stand at one stage, they tell different stories. */
type Story =
  | { at: "intent"; willing: number; filed: number }
  | { at: "reserve" }
  | { at: "voting"; returned: number; agree: number; days: number }
  | { at: "due"; returned: number; agree: number }
  | { at: "closed"; returned: number; agree: number }
  | { at: "failed"; returned: number; agree: number }
  | { at: "unsuitable" }
  | { at: Exclude<Stage, "intent" | "reserve" | "consultation"> };

const STORIES: Story[] = [
  { at: "in-use" },
  { at: "voting", returned: 7, agree: 6, days: 9 },
  { at: "reserve" },
  { at: "intent", willing: 7, filed: 9 },
  { at: "construction" },
  { at: "due", returned: 14, agree: 12 },
  { at: "intent", willing: 3, filed: 4 },
  { at: "plan-notice" },
  { at: "intent", willing: 0, filed: 0 },
  { at: "failed", returned: 7, agree: 5 },
  { at: "closed", returned: 18, agree: 16 },
  { at: "reserve" },
  { at: "agreement" },
  { at: "intent", willing: 6, filed: 8 },
  { at: "voting", returned: 4, agree: 4, days: 20 },
  { at: "acceptance" },
  { at: "intent", willing: 2, filed: 6 },
  { at: "approval" },
  { at: "assessment" },
  { at: "unsuitable" },
  { at: "in-use" },
  { at: "intent", willing: 12, filed: 15 },
];

const BEYOND_VOTE: Stage[] = ["plan-notice", "agreement", "approval", "construction", "acceptance", "in-use"];

interface Seeding extends FileDeps {
  /** Files of ballots, one for each choice, whose page stands for all that were typed long ago. */
  drawer: Record<Choice, string>;
  /** Accounts of the two clerks of each committee, and of the office. */
  clerks: number[];
  assessors: Assessors;
  /** Firms that carry projects for owners, and those that build and supervise. */
  agents: number[];
}

/** Fills an empty database with the demo's small district, through the same use cases that people go through. */
export async function seedDemo({ db, vault, storage, now }: FileDeps): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const ago = daysBefore(now);
  const made = await withTransaction(db, async (tx) => {
    if (await hasSubdistrict(tx)) return null;
    const stairwells = await insertDemoDistrict(tx, vault, ago(420));
    const clerks: number[] = [];
    for (const account of demoAccounts) clerks.push(await insertDemoAccount(tx, { db, vault, now: ago(410) }, account, passwordHash));
    return { stairwells, clerks };
  });
  await giveAuthenticators({ db, vault, now });
  if (!made) return;
  const drawer = await storeDrawer({ db, vault, storage, now: ago(400) }, made.stairwells[0]?.subdistrictId ?? 0);
  const [first = 0, second = 0] = made.clerks.filter((_, index) => demoAccounts[index]?.role === "assessor");
  const office = { subdistrictId: made.stairwells[0]?.subdistrictId ?? 0, office: made.clerks[4] ?? 0 };
  const agents = await seedFirms({ db, vault, storage, now: ago(405) }, office);
  const seeding: Seeding = { db, vault, storage, now, clerks: made.clerks, assessors: { first, second }, agents, drawer };
  for (const [index, stairwell] of made.stairwells.entries()) {
    const story = STORIES[index % STORIES.length];
    if (story) await tell(seeding, stairwell, story, sameNumbers(index + 7));
    if (story?.at === "construction") await seedWorks({ db, vault, storage, now, ago, accounts: made.clerks }, stairwell);
    for (const photo of demoPhotos[story?.at ?? ""] ?? []) await takePhoto(seeding, stairwell, photo);
  }
  await seedDailyWork({ db, vault, ago, clerks: made.clerks }, made.stairwells);
  await seedDesk({ db, vault, now, ago, clerks: made.clerks }, made.stairwells);
  await withTransaction(db, (tx) => touchPages(tx, ["district"]));
}

/** Adds the demo's accounts to a district that was imported, for its first two committees. */
export async function seedAccounts({ db, vault, now }: { db: Db; vault: Vault; now: Date }): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  await withTransaction(db, async (tx) => {
    const known = await tx.selectFrom("account").select("id").where("login", "=", demoAccounts[0]?.login ?? "").executeTakeFirst();
    if (known) return;
    for (const account of demoAccounts) await insertDemoAccount(tx, { db, vault, now }, account, passwordHash);
  });
  await giveAuthenticators({ db, vault, now });
}

/** Gives each account of the demo that has none an authenticator, for which the page with the accounts stands in. */
async function giveAuthenticators({ db, vault, now }: { db: Db; vault: Vault; now: Date }): Promise<void> {
  for (const { login } of demoAccounts) {
    const secret = { totpCipher: vault.seal(newSecret()), totpConfirmedAt: now };
    await db.updateTable("account").set(secret).where("login", "=", login).where("totpCipher", "is", null).execute();
  }
}

/** A moment of an office day, so many days before; within the last day, that part of a day before. */
const daysBefore = (now: Date) => (days: number) => {
  if (days < 1) return new Date(now.getTime() - days * 86_400_000);
  const minutes = 540 + ((days * 97) % 480);
  return new Date(startOfDay(addDays(shanghaiDay(now), -Math.floor(days))).getTime() + minutes * 60_000);
};

async function insertDemoAccount(tx: Tx, deps: Deps, { login, name, role, committee, stairwells = [] }: DemoAccount, passwordHash: string): Promise<number> {
  const committees = await tx.selectFrom("committee").select("name").orderBy("id").limit(2).execute();
  // An imported district has other stairwells than the demo's own.
  const first = await tx.selectFrom("stairwell").select("code").orderBy("id").limit(3).execute();
  const known = await tx.selectFrom("stairwell").select("code").where("code", "in", ["", ...stairwells]).execute();
  const codes = (known.length > 0 ? known : first).map(({ code }) => code).join(" ");
  const places = await findPlaces(tx, { role, committee: committees[committee ?? 0]?.name, stairwells: codes }, null);
  const accountId = await insertAccount(tx, { login, name, subdistrictId: places[0].subdistrictId, passwordHash, createdAt: deps.now });
  await insertEvent(tx, { accountId, subdistrictId: places[0].subdistrictId, byAccountId: null, kind: "added", at: deps.now });
  await grantPlaces(tx, deps, { accountId, role, places, byAccountId: null });
  return accountId;
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the demo was refused: ${outcome.problem.code}`);
  return outcome;
}

const formKey = () => randomBytes(16).toString("base64url");

async function tell(seeding: Seeding, stairwell: DemoStairwell, story: Story, pick: (below: number) => number): Promise<void> {
  const { flats } = stairwell;
  const ago = daysBefore(seeding.now);
  const enough = Math.ceil(flats.length * 0.75);
  const filed = story.at === "intent" ? story.filed : Math.min(flats.length, enough + 2);
  const willing = story.at === "intent" ? story.willing : enough;
  const since = story.at === "intent" ? 60 : 380;
  const waits = story.at === "intent" && filed > 3;
  await fileIntents(seeding, stairwell, { filed: Math.min(filed, flats.length), willing, waits }, since, pick);
  if (story.at === "intent" || story.at === "reserve") return;

  const isWaiting = story.at === "assessment" || story.at === "unsuitable";
  await step(seeding, stairwell, ago(isWaiting ? 12 : 330));
  const grade = story.at === "assessment" ? "draft" : story.at === "unsuitable" ? "C" : pick(3) === 0 ? "B" : "A";
  await seedAssessment({ ...seeding, now: ago(isWaiting ? 5 : 300) }, stairwell, seeding.assessors, grade);
  if (story.at === "assessment" || story.at === "unsuitable") return;
  const planned = { stairwell: stairwell.code, agents: seeding.agents, clerk: seeding.clerks[stairwell.committee * 2] ?? 0 };
  await seedPlans({ ...seeding, now: ago(280) }, planned);
  if (story.at === "voting") return vote(seeding, stairwell, { ...story, openedAt: ago(6), closesIn: story.days, waiting: 2, until: "open" });
  if (story.at === "due") return vote(seeding, stairwell, { ...story, openedAt: ago(31), closesIn: -1, until: "open" });
  if (story.at === "closed") return vote(seeding, stairwell, { ...story, openedAt: ago(33), closesIn: -2, until: "closed" });
  if (story.at === "failed") return vote(seeding, stairwell, { ...story, openedAt: ago(90), closesIn: -60, until: "published" });

  const returned = flats.length - 1;
  await vote(seeding, stairwell, { returned, agree: Math.ceil(returned * 0.85), openedAt: ago(260), closesIn: -230, until: "published" });
  if (story.at === "plan-notice") {
    await step(seeding, stairwell, ago(5));
    return seedPlanNotice({ ...seeding, ago }, stairwell);
  }
  const last = BEYOND_VOTE.indexOf(story.at);
  for (const [index, stage] of BEYOND_VOTE.slice(0, last + 1).entries()) {
    // Works that still go on were begun lately.
    const isNew = story.at === "construction" && stage === "construction";
    await step(seeding, stairwell, ago(isNew ? 65 : 215 - index * 34));
  }
  if (last > BEYOND_VOTE.indexOf("agreement")) await seedContract({ ...seeding, now: ago(150) }, planned);
  if (story.at === "construction") await seedMoney({ ...seeding, now: ago(120) }, { ...planned, rooms: flats.map(({ room }) => room) });
  if (story.at === "agreement") await seedDearerPlan({ ...seeding, now: ago(90) }, planned);
}

async function fileIntents(
  { db, vault, now, clerks }: Seeding,
  { code, committee, flats }: DemoStairwell,
  { filed, willing, waits }: { filed: number; willing: number; waits: boolean },
  since: number,
  pick: (below: number) => number,
): Promise<void> {
  const ago = daysBefore(now);
  const clerk = clerks[committee * 2] ?? 0;
  must(await issueSlips({ db, vault, now: ago(since + 2) }, { stairwell: code, renew: false, accountId: clerk, formKey: formKey() }));
  const order = [...flats].sort((a, b) => ((a.id * 7919) % 101) - ((b.id * 7919) % 101));
  for (const [index, flat] of order.slice(0, filed).entries()) {
    const choice: IntentChoice = index < willing ? "willing" : index % 2 === 0 ? "undecided" : "unwilling";
    const worries: (Worry | null)[] = [null, "cost", "light", "noise", null, "ground-floor"];
    must(
      await fileIntent({ db, vault, now: ago(since - index * 1.5) }, {
        stairwell: code, room: flat.room, choice,
        worry: worries[pick(worries.length)] ?? null,
        channel: pick(3) === 0 ? "assisted" : "paper",
        needsHelp: index % 4 === 1 ? true : null,
        name: null, phone: null, slipCode: null, ownFlatIds: [],
        accountId: clerk,
        formKey: formKey(),
      }),
    );
  }
  // Somebody files online without the slip: that waits for the committee.
  const late = order[filed];
  if (late && waits) {
    must(
      await fileIntent({ db, vault, now: ago(0.4) }, {
        stairwell: code, room: late.room, choice: "willing", worry: "cost", channel: "online",
        name: "住户", phone: late.phone, slipCode: null, ownFlatIds: [], accountId: null, formKey: formKey(),
      }),
    );
  }
}

/** What stands on record of each kind in the demo, beside its day. */
const EVIDENCE: Readonly<Partial<Record<EvidenceKind, string>>> = {
  agreement: "出资业主全部签字",
  "cost-shares": "按楼层百分比分摊",
  "filing-number": "示加备〔2026〕12 号",
  "registration-number": "梯 11 示 00012（26）",
};

/** A step on the way with its evidence. Notices and milestones of the demo are those of their own parts. */
async function step({ db, clerks }: Seeding, { id: stairwellId, subdistrictId, committee }: DemoStairwell, at: Date): Promise<void> {
  const account = clerks[committee * 2] ?? 0;
  const day = shanghaiDay(at);
  await withTransaction(db, async (tx: Tx) => {
    const { stage, evidence } = await readProjectFacts(tx, stairwellId, at);
    for (const kind of evidenceAt(stage)) {
      if (!evidence.has(kind)) await recordEvidence(tx, at, { stairwellId, kind, day, text: EVIDENCE[kind], account });
    }
    await takeMove(tx, at, { stairwellId, subdistrictId, accountId: account }, await readProjectFacts(tx, stairwellId, at), { kind: "forward" });
    if (stage === "approval") await recordEvidence(tx, at, { stairwellId, kind: "start-date", day, account });
  });
}

/** A clerk sends a photo of the site, and looks at it before it is shown. */
async function takePhoto({ clerks, ...deps }: Seeding, { code, committee }: DemoStairwell, { site, caption, daysAgo, shown }: DemoPhoto): Promise<void> {
  const accountId = clerks[committee * 2] ?? 0;
  const then = { ...deps, now: daysBefore(deps.now)(daysAgo) };
  const { photos } = must(await addPhotos(then, { stairwell: code, photos: [await drawPhoto(site)], caption, accountId, formKey: formKey() }));
  const [fileId = ""] = photos;
  if (shown) must(await decidePhoto(then, { stairwell: code, fileId, decision: "show", looked: "yes", accountId, formKey: formKey() }));
}

/** Stores a ballot of each choice on which the room is not to be read. */
async function storeDrawer(deps: FileDeps, subdistrictId: number): Promise<Record<Choice, string>> {
  const store = async (choice: Choice) => {
    const bytes = await drawBallot({ room: null, choice, turn: 0 });
    return must(await storeFile(deps, { bytes, kind: "scan", subdistrictId, accountId: null })).fileId;
  };
  return { agree: await store("agree"), oppose: await store("oppose"), abstain: await store("abstain") };
}

async function vote(
  { db, vault, storage, now, clerks, drawer }: Seeding,
  { id: stairwellId, subdistrictId, code, committee, flats }: DemoStairwell,
  { returned, agree, openedAt, closesIn, waiting = 0, until }: {
    returned: number; agree: number; openedAt: Date; closesIn: number;
    /** How many of the ballots still wait for the second person; as many more are scanned and not typed yet. */
    waiting?: number;
    until: "open" | "closed" | "published";
  },
): Promise<void> {
  const [first = 0, second = 0] = clerks.slice(committee * 2);
  const closesOn = addDays(shanghaiDay(now), closesIn);
  const { consultation } = must(
    await openConsultation({ db, vault, now: openedAt }, { stairwell: code, ruleset: "cn-civil-278-major", closesOn, plan: "1.2", accountId: first, formKey: formKey() }),
  );
  const hour = 3_600_000;
  const { id: consultationId } = await db.selectFrom("consultation").select("id").where("stairwellId", "=", stairwellId).executeTakeFirstOrThrow();
  const choiceOf = (index: number): Choice => (index < agree ? "agree" : index % 3 === 0 ? "abstain" : "oppose");
  const stack = flats.slice(returned - waiting, returned + waiting);
  const files = await Promise.all(stack.map(({ room }, index) => drawBallot({ room, choice: choiceOf(returned - waiting + index), turn: (index % 3) - 1 })));
  if (waiting > 0) must(await uploadPages({ db, vault, storage, now: openedAt }, { consultation, files, accountId: first, formKey: formKey() }));
  const scanned = (await listWaitingPages(db, consultationId)).map(({ id }) => id);
  for (const [index, flat] of flats.slice(0, returned).entries()) {
    const choice = choiceOf(index);
    const at = new Date(Math.min(openedAt.getTime() + Math.floor(index / 3) * 24 * hour + (index % 3) * hour, now.getTime()));
    const waits = index >= returned - waiting;
    const page = waits
      ? scanned[index - returned + waiting]
      : await withTransaction(db, (tx) => insertOldPage(tx, { subdistrictId, consultationId, accountId: first, at, like: drawer[choice] }));
    const { seq } = must(
      await castBallot({ db, vault, now: at }, {
        consultation, room: flat.room, choice, accountId: first, formKey: formKey(),
        channel: index % 4 === 1 ? "assisted" : "paper",
        page,
      }),
    );
    if (waits) continue;
    must(await checkBallot({ db, vault, now: at }, { consultation, seq, verdict: "confirmed", accountId: second, formKey: formKey() }));
  }
  if (until === "open") return;
  const closedAt = new Date(startOfDay(addDays(closesOn, 1)).getTime() + 9 * hour);
  must(await closeConsultation({ db, vault, now: closedAt }, { consultation, accountId: first, formKey: formKey() }));
  if (until === "closed") return;
  const certifiedAt = new Date(closedAt.getTime() + 26 * hour);
  must(await certifyConsultation({ db, vault, now: certifiedAt }, { consultation, accountId: second, formKey: formKey() }));
  must(await publishResult({ db, vault, now: certifiedAt }, { consultation, accountId: second, formKey: formKey() }));
}
