import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import type { BrowserContext } from "playwright-core";
import { settingKeys } from "#app/domain/setting-schemas.ts";
import type { Policy, RouteHandle } from "#app/http/who-may.server.ts";
import { draftRoll } from "#app/use-cases/roll/draft-roll.server.ts";
import { guideRoles } from "#app/i18n/zh-CN/guide.ts";
import { recordOpinion } from "#app/use-cases/opinion/record-opinion.server.ts";
import { slipCode } from "#app/use-cases/slip/issue-slips.server.ts";
import { openTicket } from "#app/use-cases/ticket/open-ticket.server.ts";
import type { Db } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { done } from "../support/consultations.ts";
import { formKey } from "../support/factories.ts";
import { mayLook } from "../support/looks.ts";
import { sessionToken } from "../support/sessions.ts";

/** Who looks: a stranger has no session, one who is asking has answered the first questions; a newcomer has one and nothing yet to do or to see. */
export type Visitor = "stranger" | "asking" | "resident" | "clerk" | "office" | "admin" | "assessor" | "contractor" | "agent" | "new resident" | "new clerk" | "new contractor";

export interface Visit {
  /** Of the build, without its folder. */
  route: string;
  path: string;
  who: Visitor;
  /** What is to be seen, where it is not the page as it usually is. */
  state?: string;
  status: number;
  /** Office layout, for which smaller text is allowed on an office screen. */
  desk: boolean;
  scripts: boolean;
}

export interface Ground {
  visits: Visit[];
  /** Values of the session's cookie; none for the stranger. */
  sessions: Map<Visitor, string>;
  /** Pages of the build that no visit leads to. */
  unseen: string[];
}

type Accounts = Record<Exclude<Visitor, "stranger" | "asking">, number>;

/** Who looks at the pages of a policy; those without anybody have no page of their own. */
const VISITORS: Record<Policy, Visitor | null> = {
  public: "stranger", demo: "stranger",
  "signed-in": "resident", "owner-on-roll": "resident", "opener-of-ticket": "resident",
  staff: "clerk", committee: "clerk", "committee-of-stairwell": "clerk", "committee-of-consultation": "clerk", "staff-of-stairwell": "clerk",
  "staff-of-consultation": "clerk", "look-of-consultation": "clerk", "people-of-stairwell": "clerk", "money-of-stairwell": "clerk", "desk-of-ticket": "clerk",
  office: "office", accounts: "office", "account-in-scope": "office",
  assessor: "assessor", "assessor-of-stairwell": "assessor", "assessors-of-assessment": "assessor",
  site: "contractor", builder: "contractor", "site-of-stairwell": "contractor", "works-of-stairwell": "clerk", "asked-of-ticket": "contractor",
  file: null,
};

/** Routes with a page for errors only, or none: they lead on, or hand out a file. */
const NO_PAGE = /^(view|sign-out|me_\.sign-out|me\.reminders|me\.ballots\.\$code_\.undo|q\.\$code\.intent|files\.|desk\.consultations\.\$code\.file)/;

/** Pages that come up only on the way: after what they name has been sent, which journeys do. */
const ON_THE_WAY = ["desk.consultations.$code.paper.sent.$upload", "desk.s.$code.read", "s.$code.bind.$receipt", "sign-in.code", "sign-in.staff.code", "sign-in.staff.enrol"];

/** Stairwells of the demo, by what they have come to. */
const at = {
  voting: "A1-002", reserve: "A1-003", wishing: "A1-004", building: "A1-005", few: "A1-007", planNotice: "A2-001", quiet: "A2-002", failed: "A2-003", closed: "A2-004",
  inUse: "A1-001", agreement: "B1-001", acceptance: "B1-004", approval: "B2-001", assessment: "B2-002", unsuitable: "B2-003",
} as const;

export interface Seeded {
  db: Db;
  vault: Vault;
  now?: Date;
}

/** Every page of the build in the demo's district, each as somebody who may see it; adds the few people and things that the demo has not. */
export async function prepareVisits({ db, vault, now = new Date() }: Seeded): Promise<Ground> {
  const build = (await import(/* @vite-ignore */ pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild;
  const accounts = await createVisitors({ db, vault, now });
  const sessions = new Map<Visitor, string>();
  for (const [who, accountId] of Object.entries(accounts) as [Visitor, number][]) sessions.set(who, await sessionToken(db, accountId, { vault, now }));
  const names = await findNames({ db, vault, now }, accounts);
  for (const consultation of [names.voting, names.closed, names.failed, names.passed]) {
    for (const who of ["clerk", "office"] as const) await mayLook(db, { consultation, accountId: accounts[who], now });
  }

  const pages = Object.values(build.routes).flatMap((route) => {
    const id = route?.id.replace("routes/", "") ?? "root";
    const { policy, scripts = false } = (route?.module.handle ?? { policy: "file" }) as RouteHandle;
    return !route?.module.default || id === "root" || NO_PAGE.test(id) ? [] : [{ id, url: `/${route.path ?? ""}`, policy, scripts }];
  });
  const routeOf = (url: string) => {
    const parts = url.split(/[?#]/)[0]?.split("/") ?? [];
    const fits = pages.filter((page) => {
      const own = page.url === "/" ? ["", ""] : page.url.split("/");
      return own.length === parts.length && own.every((part, index) => part.startsWith(":") || part === parts[index]);
    });
    return fits.sort((one, other) => one.url.split(":").length - other.url.split(":").length)[0];
  };
  const visitOf = ({ path: url, who, state, status = 200 }: Told): Visit => {
    const page = routeOf(url);
    const visitor = who ?? (page && VISITORS[page.policy]) ?? "stranger";
    return { route: page?.id ?? "none", path: url, who: visitor, status, desk: /^\/(desk|site|sign-in\/staff|sign-in\/setup|account|demo)/.test(url), scripts: page?.scripts ?? false, ...(state && { state }) };
  };
  const listed = told(names).map(visitOf);
  // A page that is new and asks for nothing but a stairwell, or for nothing at all, needs no line below.
  const plain = pages.filter(({ id, url }) => !listed.some(({ route }) => route === id) && !ON_THE_WAY.includes(id) && !/:(?!code\b)|consultations|ballots|communities|\/q\//.test(url));
  const visits = [...listed, ...plain.map(({ url }) => visitOf({ path: url.replace(":code", at.building) }))];
  const visited = new Set(visits.map(({ route }) => route));
  return { visits, sessions, unseen: pages.map(({ id }) => id).filter((id) => !visited.has(id) && !ON_THE_WAY.includes(id)) };
}

interface Told {
  path: string;
  who?: Visitor;
  state?: string;
  status?: number;
}

/** What the one who is asking has answered, kept by the browser. */
const ANSWERED: readonly (readonly [path: string, fields: Record<string, string>])[] = [
  [`/s/${at.wishing}/intent?step=flat`, { room: "502" }], [`/s/${at.wishing}/intent?step=choice`, { choice: "willing" }], [`/s/${at.wishing}/intent?step=worry`, { worry: "cost" }],
  [`/s/${at.wishing}/intent?step=help`, { needsHelp: "no" }], [`/s/${at.wishing}/intent?step=contact`, { name: "阿依古丽·买买提", phone: "13800000046" }],
  [`/s/${at.wishing}/bind?step=flat`, { room: "502" }], [`/s/${at.wishing}/bind?step=side`, { side: "owner" }], [`/s/${at.wishing}/bind?step=name`, { name: "阿依古丽·买买提" }],
];

/** Gives a browser what its visitor brings along: a session, or what was answered before. */
export async function becomeVisitor(context: BrowserContext, { sessions }: Ground, who: Visitor, url: string): Promise<void> {
  const session = sessions.get(who);
  if (session) await context.addCookies([{ name: "jiati", value: session, url }]);
  if (who !== "asking") return;
  for (const [path, fields] of ANSWERED) {
    const { status } = await context.request.post(path, { form: { ...fields, "form-key": formKey() }, headers: { Origin: url }, maxRedirects: 0 }).then((answer) => ({ status: answer.status() }));
    if (status !== 302) throw new Error(`${path} was answered with ${status}`);
  }
}

type Names = Awaited<ReturnType<typeof findNames>>;

/** What the pages of the demo are about. */
async function findNames({ db, vault, now }: Required<Seeded>, accounts: Accounts) {
  const deps = { db, vault, now };
  const stairwellId = async (code: string) => (await db.selectFrom("stairwell").select("id").where("code", "=", code).executeTakeFirstOrThrow()).id;
  const consultation = async (stairwell: string) =>
    (await db.selectFrom("consultation").select("code").where("stairwellId", "=", await stairwellId(stairwell)).orderBy("id", "desc").executeTakeFirstOrThrow()).code;
  const noticeAt = await stairwellId(at.planNotice);
  const notices = await db.selectFrom("notice").select(["id", "kind", "stairwellId"]).where("publishedAt", "is not", null).orderBy("id").execute();
  const planNotice = notices.find((notice) => notice.stairwellId === noticeAt)?.id ?? 0;
  const { ticketId } = await done(
    openTicket(deps, { stairwell: at.building, room: null, kind: "noise", text: "早上六点半就开始敲，老人心脏不好。", by: { channel: "online", accountId: accounts.resident, flatIds: [] }, formKey: formKey() }),
  );
  const flat = async (stairwell: string, room: string) =>
    (await db.selectFrom("flat").select("id").where("stairwellId", "=", await stairwellId(stairwell)).where("room", "=", room).executeTakeFirstOrThrow()).id;
  const { opinion } = await done(
    recordOpinion(deps, {
      notice: planNotice, kind: "suggestion", room: null, text: "井道能不能用透明玻璃？",
      by: { channel: "online", accountId: accounts.resident, flatIds: [await flat(at.planNotice, "301")] }, formKey: formKey(),
    }),
  );
  const votingAt = await stairwellId(at.voting);
  const { id: consultationId, subdistrictId } = await db.selectFrom("consultation").select(["id", "subdistrictId"]).where("stairwellId", "=", votingAt).orderBy("id", "desc").executeTakeFirstOrThrow();
  // Made already: one in the making has a page that loads itself again.
  const made = { parts: ["ballots"], origin: "", flats: 12, flat: 12, pages: 12, sealed: Buffer.from("PDF"), at: now, endedAt: now, expiresAt: new Date(now.getTime() + 3_600_000) };
  const stack = "AAAAAAAAAAAAAAAAAAAAAA";
  await db.insertInto("handoutStack").values({ id: stack, subdistrictId, consultationId, stairwellId: votingAt, accountId: accounts.clerk, ...made }).execute();
  const roll = await draftRoll(deps, { stairwell: at.reserve, accountId: accounts.clerk, bytes: Buffer.from(ROLL), formKey: formKey() });
  const wishing = await stairwellId(at.wishing);
  const slip = await db.selectFrom("slip").innerJoin("flat", "flat.id", "slip.flatId").select(["slip.flatId", "slip.number"]).where("flat.stairwellId", "=", wishing).where("revokedAt", "is", null).orderBy("flatId").executeTakeFirstOrThrow();
  const building = await stairwellId(at.building);
  return {
    stack, planNotice, notices: notices.map(({ id }) => id), ticket: ticketId, opinion,
    voting: await consultation(at.voting), closed: await consultation(at.closed), failed: await consultation(at.failed), passed: await consultation(at.inUse),
    draft: roll.ok ? roll.draft : "",
    slip: slipCode(vault, slip.flatId, slip.number),
    receipt: (await db.selectFrom("intent").select("receipt").innerJoin("flat", "flat.id", "intent.flatId").where("flat.stairwellId", "=", wishing).where("channel", "=", "online").executeTakeFirstOrThrow()).receipt,
    counted: (await db.selectFrom("intent").select("receipt").innerJoin("flat", "flat.id", "intent.flatId").where("flat.stairwellId", "=", wishing).where("channel", "=", "paper").executeTakeFirstOrThrow()).receipt,
    deskTicket: (await db.selectFrom("ticket").select("id").where("stairwellId", "=", building).where("kind", "=", "money").executeTakeFirstOrThrow()).id,
    siteTicket: (await db.selectFrom("ticket").select("id").where("stairwellId", "=", building).where("kind", "=", "noise").orderBy("id").executeTakeFirstOrThrow()).id,
    solvedTicket: (await db.selectFrom("ticket").select("id").where("stairwellId", "=", building).where("kind", "=", "quality").executeTakeFirstOrThrow()).id,
    drafted: (await db.selectFrom("assessment").select("id").where("stairwellId", "=", await stairwellId(at.assessment)).executeTakeFirstOrThrow()).id,
    issued: (await db.selectFrom("assessment").select("id").where("stairwellId", "=", await stairwellId(at.unsuitable)).executeTakeFirstOrThrow()).id,
    firm: (await db.selectFrom("firm").select("id").orderBy("id").executeTakeFirstOrThrow()).id,
    photo: (await db.selectFrom("stairwellPhoto").select("fileId").where("stairwellId", "=", building).orderBy("at").executeTakeFirstOrThrow()).fileId,
    page: (await db.selectFrom("ballotPage").innerJoin("consultation", "consultation.id", "ballotPage.consultationId").select("ballotPage.id").where("consultation.stairwellId", "=", await stairwellId(at.voting)).orderBy("ballotPage.id", "desc").executeTakeFirstOrThrow()).id,
    account: accounts.contractor,
  };
}

const ROLL = `室号,面积,产权人,证件号码,电话
101,54.09,王月英,,13900000101
102,60.22,李根宝、李建华,,13900000102
201,54.09,张秀珍,,
202,60.22,刘志刚,,13900000202
301,54.09,陈玉兰,,
`;

/** The pages, by what is told on them. */
function told(names: Names): Told[] {
  const s = (code: string, rest = "") => `/s/${code}${rest}`;
  const d = (code: string, rest = "") => `/desk/s/${code}${rest}`;
  const c = (rest = "", code = names.voting) => `/desk/consultations/${code}${rest}`;
  const voter = `/me/ballots/${names.voting}?room=501`;
  return [
    ...["/", "/communities", "/communities/A1", "/map", "/progress", "/progress?community=A1", "/reserve", "/notices", "/help", "/help/q/start", "/help/cost", "/data", "/verify", "/privacy", "/firms", `/firms/${names.firm}`].map((path) => ({ path })),
    ...guideRoles.map((role) => ({ path: `/help/guide/${role}`, state: role })),
    { path: "/find?q=%E6%B5%B7%E6%A3%A0" },
    { path: "/find?q=%E6%97%A0%E6%AD%A4", state: "empty" },
    { path: "/help?q=%E6%97%A0%E6%AD%A4", state: "empty" },
    { path: "/progress?stage=approval&community=A1", state: "empty" },
    { path: "/no-such-page", state: "not found", status: 404 },
    { path: "/s/Z9-999", state: "not found", status: 404 },
    { path: "/o/AAAAAAAAAAAAAAAAAAAAAA", state: "not found", status: 404 },
    { path: "/q/0000-0000-0000", state: "not found", status: 404 },
    { path: "/desk", who: "resident", state: "not allowed", status: 403 },
    ...Object.entries(at).map(([state, code]) => ({ path: s(code), state })),
    { path: s(at.building, "/plans") }, { path: s(at.building, "/cost") },
    { path: s(at.wishing, "/intent") }, ...["choice", "worry", "help", "contact", "check"].map((step) => ({ path: s(at.wishing, `/intent?step=${step}`), who: "asking" as const, state: step })),
    ...["side", "name", "phone"].map((step) => ({ path: s(at.wishing, `/bind?step=${step}`), who: "asking" as const, state: step })),
    { path: s(at.wishing, `/intent/${names.receipt}`), state: "waiting" }, { path: s(at.wishing, `/intent/${names.counted}`), state: "counts" },
    { path: s(at.wishing, "/bind") }, { path: s(at.wishing, "/tickets/new") }, { path: s(at.wishing, "/tickets/new?kind=noise"), who: "resident", state: "words" },
    ...names.notices.map((id, index) => ({ path: `/notices/${id}`, state: `${index}` })),
    { path: `/notices/${names.planNotice}/opinion`, who: "resident" },
    { path: `/q/${names.slip}` }, { path: `/q/${names.slip}/bind` },
    { path: "/sign-in" }, { path: "/sign-in/staff" }, { path: "/sign-in/setup" },
    { path: "/me" }, { path: "/me", who: "new resident", state: "empty" },
    { path: "/me/tickets" }, { path: "/me/tickets", who: "new resident", state: "empty" }, { path: `/me/tickets/${names.ticket}` },
    { path: "/me/opinions" }, { path: "/me/opinions", who: "new resident", state: "empty" }, { path: `/me/opinions/${names.opinion}` },
    { path: "/me/money" }, { path: "/me/money", who: "new resident", state: "empty" },
    { path: voter }, { path: `${voter}&step=choose`, state: "choose" }, { path: `${voter}&step=choose&choice=oppose`, state: "confirm" },
    { path: "/account", who: "clerk" }, { path: "/account", who: "resident", state: "resident" },
    { path: "/demo" }, { path: "/demo/messages" }, { path: "/demo/components" },

    { path: "/desk" }, { path: "/desk", who: "new clerk", state: "empty" }, { path: "/desk", who: "office", state: "office" },
    { path: "/desk/consultations" }, { path: "/desk/consultations", who: "new clerk", state: "empty" }, { path: "/desk/consultations/new" },
    { path: "/desk/intents" }, { path: "/desk/intents", who: "new clerk", state: "empty" },
    { path: "/desk/bindings" }, { path: "/desk/bindings", who: "new clerk", state: "empty" },
    { path: "/desk/tickets" }, { path: "/desk/tickets", who: "new clerk", state: "empty" }, { path: "/desk/tickets/new" },
    { path: `/desk/tickets/${names.deskTicket}` }, { path: `/desk/tickets/${names.solvedTicket}`, state: "solved" },
    { path: "/desk/exports" },
    ...["", "?room=601", "/601", "/check", "/end", "/extend", "/look", "/notices", "/paper", `/paper/${names.page}`, "/print", "/print/ballots", "/print/authorisations", "/print/blank", "/print/roll", `/print/stacks/${names.stack}`, "/read?room=601&choice=agree", "/remind", "/withdraw"].map((rest) => ({ path: c(rest), ...(rest.startsWith("?") && { state: "flat" }) })),
    { path: c("", names.closed), state: "closed" }, { path: c("/end", names.closed), state: "closed" },
    { path: c("/end", names.passed), state: "passed" }, { path: c("/end", names.failed), state: "failed" }, { path: c("/certificate", names.passed), state: "passed" },
    ...Object.entries(at).filter(([, code]) => code.startsWith("A")).map(([state, code]) => ({ path: d(code), state })),
    ...["/agreement", "/construction", "/construction/contacts", "/construction/faults", "/construction/plan", "/doors", "/doors/601", "/intent", "/money", "/money/charge", "/money/flats/301", "/money/spending", "/notices", "/people", "/photos", `/photos/${names.photo}`, "/plans", "/plans/new", "/plans/1", "/plans/1/withdraw", "/poster", "/poster?size=a3", "/questions", "/roll", "/roll/export", "/roll/versions", "/slips", "/slips?layout=quarters", "/stage"].map((rest) => ({ path: d(at.building, rest) })),
    { path: d(at.voting, "/doors"), state: "voting" }, { path: d(at.voting, "/doors/601"), state: "voting" }, { path: d(at.reserve, "/stage"), state: "reserve" }, { path: d(at.quiet, "/photos"), state: "empty" },
    { path: d(at.reserve, `/roll/${names.draft}`) }, { path: d(at.reserve, "/consultation") },
    { path: d(at.planNotice, `/notices/${names.planNotice}`) }, { path: d(at.planNotice, `/notices/${names.planNotice}/opinion`) }, { path: d(at.planNotice, `/opinions/${names.opinion}`) },
    { path: "/desk/accounts" }, { path: "/desk/accounts", who: "admin", state: "admin" }, { path: "/desk/accounts/new" }, { path: "/desk/accounts/new?role=contractor", state: "role" }, { path: `/desk/accounts/${names.account}` }, { path: `/desk/accounts/${names.account}/setup` },
    { path: "/desk/firms" }, { path: `/desk/firms/${names.firm}` }, { path: `/desk/firms/${names.firm}/block` }, { path: "/desk/help" }, { path: "/desk/help/start" },
    { path: "/desk/office" }, { path: "/desk/office/reserve" }, { path: "/desk/office/waiting" }, { path: "/desk/office/settings" },
    ...settingKeys.map((key) => ({ path: `/desk/office/settings/${key}`, state: key })),
    { path: "/desk/assessments" }, { path: `/desk/assessments/${names.drafted}` }, { path: `/desk/assessments/${names.issued}`, state: "issued" },
    { path: "/site" }, { path: "/site", who: "agent", state: "agent" }, { path: "/site", who: "new contractor", state: "empty" },
    { path: `/site/${at.building}` }, { path: `/site/${at.building}`, who: "agent", state: "agent" }, { path: `/site/${at.building}/faults` },
    { path: "/site/tickets" }, { path: "/site/tickets", who: "new contractor", state: "empty" }, { path: `/site/tickets/${names.siteTicket}` },
    { path: d(at.building, "/money"), who: "agent", state: "agent" },
  ];
}

/** Accounts of the demo, a resident with flats in three stairwells, and people who have nothing yet. */
async function createVisitors({ db, vault, now }: Required<Seeded>): Promise<Accounts> {
  const staff = async (login: string) => (await db.selectFrom("account").select("id").where("login", "=", login).executeTakeFirstOrThrow()).id;
  const { id: subdistrictId } = await db.selectFrom("subdistrict").select("id").orderBy("id").executeTakeFirstOrThrow();
  const { id: emptyCommittee } = await db.insertInto("committee").values({ subdistrictId, name: "第二十八（筹）居民委员会", phone: "021-5000 0099" }).returning("id").executeTakeFirstOrThrow();
  const account = async (known: { name: string; phone?: string; login?: string }) => {
    const { name, phone, login = null } = known;
    const { id } = await db
      .insertInto("account")
      .values({ subdistrictId, name, login, createdAt: now, ...(phone && { phoneHash: vault.hash("phone", phone), phoneCipher: vault.seal(phone) }) })
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  };
  const resident = await account({ name: "阿依古丽·买买提", phone: "19900000001" });
  for (const [stairwell, room] of [[at.voting, "501"], [at.building, "302"], [at.planNotice, "301"]] as const) {
    const flat = await db.selectFrom("flat").innerJoin("stairwell", "stairwell.id", "flat.stairwellId").select("flat.id").where("stairwell.code", "=", stairwell).where("room", "=", room).executeTakeFirstOrThrow();
    await db.insertInto("grant").values({ accountId: resident, role: "resident", scope: "flat", scopeId: flat.id, way: "roll" }).execute();
  }
  const newClerk = await account({ name: "欧阳新来", login: "new-clerk" });
  await db.insertInto("grant").values({ accountId: newClerk, role: "committee", scope: "committee", scopeId: emptyCommittee }).execute();
  const newContractor = await account({ name: "施工 新来", login: "new-contractor" });
  const { id: quiet } = await db.selectFrom("stairwell").select("id").where("code", "=", at.quiet).executeTakeFirstOrThrow();
  await db.insertInto("grant").values({ accountId: newContractor, role: "contractor", scope: "stairwell", scopeId: quiet }).execute();
  return {
    resident, "new resident": await account({ name: "新来的人", phone: "19900000002" }),
    clerk: await staff("lin"), office: await staff("office"), admin: await staff("admin"), assessor: await staff("ping"), contractor: await staff("shigong"), agent: await staff("daijian"),
    "new clerk": newClerk, "new contractor": newContractor,
  };
}
