import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantCanaries, type Ground } from "../support/canaries.ts";
import type { Marks } from "../support/canary-marks.ts";
import { createCrawler, type Crawler, type Seen } from "../support/crawl.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, testVault } from "../support/factories.ts";
import { INSIDE, missingProtection } from "../support/protecting-headers.ts";
import { sessionToken } from "../support/sessions.ts";
import { startPortalProcess, type StartedPortal } from "../support/started-portal.ts";

const near: Marks = { people: "鹂", site: "鹭", staff: "鸥", assessor: "鹤", open: "鹃", phones: "19917", tail: "731" };
const far: Marks = { people: "鹊", site: "鹳", staff: "鸢", assessor: "鹬", open: "鹄", phones: "19928", tail: "842" };

/** What betrays a person of a ground: a mark, a phone or an ID number, also with its middle hidden. */
const peopleOf = ({ people, phones, tail }: Marks) => new RegExp(`${people}|${phones}\\d|\\*{2,}\\s*\\d?${tail}\\d`);
const staffOf = ({ staff }: Marks) => new RegExp(staff);
const siteOf = ({ site }: Marks) => new RegExp(site);
const assessorOf = ({ assessor }: Marks) => new RegExp(assessor);
const openOf = ({ open }: Marks) => new RegExp(open);
/** What a contractor is asked in a ticket, beside what the site writes itself. */
const ticketOf = ({ site }: Marks) => new RegExp(`${site}(夜里施工|请查看)`);
const roomsOf = (...grounds: Marks[]) => new RegExp(`[KM](${grounds.map(({ tail }) => tail).join("|")})\\d`);
/** All that is not public. */
const closed = [peopleOf, staffOf, siteOf, assessorOf];

let database: TestDatabase;
let portal: StartedPortal;
let [here, there]: [Ground, Ground] = [undefined as never, undefined as never];

const build = (await import(/* @vite-ignore */ pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild;

beforeAll(async () => {
  database = await cloneDatabase();
  here = await plantCanaries(database, near);
  there = await plantCanaries(database, far, here);
  portal = await startPortalProcess(database);
});
afterAll(async () => {
  await portal.close();
  await database.close();
});

/** Every route with what it could name of a ground, as a page and as the data behind it. */
function everyRoute({ community, stairwell, decided, consultation, result, rooms, ticket, sitesTicket, file, clerk, secrets }: Ground, withData = false): string[] {
  return Object.values(build.routes).flatMap((route) => {
    if (!route || route.id === "root" || /sign-out|demo|^routes\/q\./.test(route.id)) return [];
    const codes = /consultations|ballots|results/.test(route.id) ? [consultation, result] : /communities/.test(route.id) ? [community.code] : [stairwell, decided];
    return codes.flatMap((code) => {
      const page = `/${route.path ?? ""}`
        .replace(/:code\b/, code)
        .replace(":id/:size", `${file}/full`)
        .replace(":id", "1")
        .replace(":ticket", String(route.id.includes("site") ? sitesTicket : ticket))
        .replace(":room", encodeURIComponent(rooms[0] ?? ""))
        .replace(":account", String(clerk))
        .replace(":format", "csv")
        .replace(":file", /exports/.test(route.id) ? "progress.csv" : file)
        .replace(":key", "factors")
        .replace(/:\w+/g, encodeURIComponent(secrets.at(-1) ?? "x"));
      return [page, ...(withData ? [`${page}?_data=${encodeURIComponent(route.id)}`] : []), ...(route.id.includes("roll.file") ? [`${page}?format=csv&numbers=yes`] : [])];
    });
  });
}

const visitor = async (accountId: number | undefined, address: string): Promise<Crawler> =>
  createCrawler(portal.url, { address, ...(accountId !== undefined && { token: await sessionToken(database.db, accountId) }) });

const placesOf = (seen: readonly Seen[], what: RegExp) => seen.filter(({ text }) => what.test(text)).map(({ method, url }) => `${method} ${url}`);
const okays = (seen: readonly Seen[]) => seen.filter(({ status }) => status === 200).length;

describe("the canaries", () => {
  it("stand in every column that can hold words, or it is said why none has to", async () => {
    const columns = await wordColumns();
    const without: string[] = [];
    for (const { table, column, type } of columns) {
      const { rows: values } = await sql<{ value: unknown }>`
        select ${sql.ref(column)} as value from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(database.owner.db);
      const words = values.map(({ value }) => (type !== "bytea" ? JSON.stringify(value) : column.endsWith("_cipher") ? opened(value as Buffer) : ""));
      const marks = [...closed.map((of) => of(near)), openOf(near), roomsOf(near)];
      const isMarked = words.some((word) => marks.some((mark) => mark.test(word)) || here.secrets.some((secret) => word === JSON.stringify(secret)));
      if (!isMarked) without.push(`${table}.${column}`);
    }
    expect(without.sort()).toEqual(Object.values(WITHOUT).flat().sort());
    expect(columns.length - without.length).toBeGreaterThan(70);
  });
});

/** Every column of text, JSON or bytes but those that name another row or hold one of a few fixed words. */
async function wordColumns(): Promise<{ table: string; column: string; type: string }[]> {
  const { rows } = await sql<{ table: string; column: string; type: string }>`
    select r.relname as "table", a.attname as "column", t.typname as type
    from pg_attribute a join pg_class r on r.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    where r.relnamespace = 'public'::regnamespace and r.relkind = 'r' and a.attnum > 0 and not a.attisdropped and r.relname !~ '^kysely_'
      and t.typname in ('text', '_text', 'varchar', 'bpchar', 'json', 'jsonb', 'bytea')
      and not exists (
        select from pg_constraint k where k.conrelid = r.oid and a.attnum = any (k.conkey)
          and (k.contype = 'f' or k.contype = 'c' and pg_get_constraintdef(k.oid) ~ ('\\(?' || a.attname || '\\)?(::text\\[\\])? (= ANY|<@) \\(?\\(?ARRAY')))`.execute(database.owner.db);
  return rows;
}

/** The columns in which no canary has to stand, by why. */
const WITHOUT: Record<string, readonly string[]> = {
  "public by intent: places, their committees, the rules and words of the subdistrict, and what the portal writes of them": [
    "committee.name", "committee.phone", "community.address", "community.code", "community.initials", "community.name", "community.pinyin", "consent_text.text",
    "consultation.code", "consultation.ruleset", "consultation.ruleset_id", "faq.answer", "faq.heading", "faq.question", "faq.source", "faq.topic", "faq_word.topic",
    "firm.credit_code", "firm_record.phone", "milestone.name", "notice.body", "notice.title", "notice_file.caption", "plan_version.position", "setting.value",
    "stairwell.building", "stairwell.code", "stairwell.entrance", "subdistrict.code", "subdistrict.name", "subdistrict.phone",
  ],
  "fixed words, of a form or of the settings": [
    "agreement.items", "assessment.factors", "assessment_factor.factor", "assessment_photo.factor", "handout_stack.origin", "log_entry.verb", "log_redaction.reason", "milestone.code", "outbox.kind",
    "phone_code.purpose", "setting.key", "site_fault.milestone", "site_report.milestone", "stage_move.from_stage", "stage_move.to_stage",
  ],
  "numbers and codes of faults, who and what by number": [
    "certificate.result", "import_run.summary", "log_entry.actor", "log_entry.subject", "handout_stack.refused", "outbox.last_error", "paper_upload.refused", "recount_run.faults",
    "roll_version.summary", "seal.document",
  ],
  "hashes, most of them keyed": [
    "account.password_hash", "account.phone_hash", "binding_contact.phone_hash", "chain.head", "file_page.sha256", "form_post.action", "import_run.digest",
    "log_entry.commitment", "log_entry.hash", "log_entry.previous", "objection_link.token_hash", "opinion.contact_hash", "outbox.phone_hash", "owner.id_hash",
    "owner.name_tail_hash", "owner.phone_hash", "phone_code.browser_hash", "phone_code.code_hash", "phone_code.phone_hash", "rate_limit.key", "session.token_hash",
    "setup_code.code_hash", "slip.code_hash", "ticket.contact_hash",
  ],
  "chance: keys, salts and addresses, each asked for by its own test": [
    "account.totp_cipher", "code_use.form_key", "file.id", "form_post.key", "handout_stack.id", "log_content.salt", "paper_upload.id", "roll_draft.id", "seal_leaf.salt",
  ],
  "not written any more, or never: the words stand elsewhere": ["intent.filer_name", "intent.filer_phone_cipher", "ownership.share"],
  "bytes of a file between its upload and its pages, sealed": ["paper_upload_part.sealed"],
  "a PDF of sheets that name owners, sealed": ["handout_stack.sealed"],
};

/** Sealed words; an uploaded roll is kept as base64. */
function opened(sealed: Buffer): string {
  const text = testVault.open(sealed);
  return `${text} ${Buffer.from(text, "base64").toString()}`;
}

describe("a stranger", () => {
  let crawler: Crawler;
  beforeAll(async () => {
    crawler = await visitor(undefined, "203.0.113.1");
    await crawler.follow(["/", "/robots.txt", "/manifest.webmanifest", ...everyRoute(here, true)]);
  });

  it("comes to every public page, and finds no name, phone, number or word about a person on any", () => {
    expect(okays(crawler.seen)).toBeGreaterThan(60);
    for (const marks of [near, far]) for (const of of closed) expect(placesOf(crawler.seen, of(marks))).toEqual([]);
    for (const secret of here.secrets) expect(crawler.seen.filter(({ url, text }) => text.includes(secret) && !url.includes(secret))).toEqual([]);
  });

  it("reads what is public by intent, so that the crawl is known to come to it", () => {
    const words = ["从北面上", "换了门机", "厂家停产", "加梯公司", "备案一号", "井道基坑", "迁移管线", "等燃气改管", "请到居委看图", "拖欠工程款"];
    for (const word of words) expect(placesOf(crawler.seen, new RegExp(`${near.open}${word}`)), word).not.toEqual([]);
  });

  it("reads a flat's number only where one says which flat is the own", () => {
    const rooms = roomsOf(near, far);
    const told = crawler.seen.filter(({ url }) => !rooms.test(decodeURIComponent(url)));
    const places = placesOf(told, rooms).map((place) => place.replace(/\?.*/, "").replace(/T\d+-\d+/, "CODE"));
    expect([...new Set(places)].sort()).toEqual(["GET /s/CODE/bind", "GET /s/CODE/intent", "POST /s/CODE/bind", "POST /s/CODE/intent"]);
  });

  it("finds none on the pages of errors, and no stack", async () => {
    const errors: Seen[] = [];
    for (const url of ["/no-such-page", "/s/T999-999", "/%zz", `/${"x".repeat(2_100)}`, "/api/v1/results/none.json", "/files/none/full"]) errors.push(await crawler.ask(url));
    for (const url of ["/sign-in", "/sign-in/staff", "/verify", `/s/${here.stairwell}/intent?step=flat`]) errors.push(await crawler.ask(url, { "form-key": "short", room: "1" }));
    for (let tries = 0; tries < 25; tries++) errors.push(await crawler.ask("/q/0000-0000-0000"));
    await sql`alter table stairwell rename to stairwell_gone`.execute(database.owner.db);
    try {
      for (const url of ["/", "/progress?page=2", `/s/${here.stairwell}`, `/api/v1/stairwells/${here.stairwell}.json`, `/s/${here.stairwell}/intent?x=1`]) errors.push(await crawler.ask(`${url}${url.includes("?") ? "&" : "?"}fresh=1`));
    } finally {
      await sql`alter table stairwell_gone rename to stairwell`.execute(database.owner.db);
    }
    expect(errors.map(({ status }) => status)).toEqual(expect.arrayContaining([400, 404, 414, 422, 429, 500]));
    for (const { text, headers } of errors) {
      expect(text).not.toMatch(peopleOf(near));
      expect(text).not.toMatch(INSIDE);
      expect(text).not.toContain("stairwell_gone");
      expect(missingProtection(headers, { secure: true })).toEqual([]);
    }
  });

  it("learns nothing by asking for somebody: known and unknown are answered alike", async () => {
    const owner = await database.db.selectFrom("owner").select(["name", "phoneCipher"]).where("name", "like", `${near.people}%`).executeTakeFirstOrThrow();
    const phone = owner.phoneCipher ? testVault.open(owner.phoneCipher) : "";
    const asker = await visitor(undefined, "203.0.113.2");
    for (const [known, unknown] of [[owner.name, "无此人"], [phone, "19900000000"], [here.rooms[0] ?? "", "Z999999"]]) {
      const [a, b] = [await asker.ask(`/find?q=${encodeURIComponent(known ?? "")}`), await asker.ask(`/find?q=${encodeURIComponent(unknown ?? "")}`)];
      const bare = ({ text }: Seen, typed = "") => bodyOf(text).replaceAll(typed, "").replaceAll(encodeURIComponent(typed), "");
      expect(bare(a, known)).toBe(bare(b, unknown));
    }
  });
});

/** The page without the links that lead back to it. */
const bodyOf = (text: string) => text.slice(text.indexOf("\n\n")).replace(/href="\/view[^"]*"/g, "");

describe("with a session", () => {
  /** Goes along every route and every link; with `further`, along the closed routes and so many addresses more. */
  const crawl = async (accountId: number, start: string, address: string, further?: number) => {
    const crawler = await visitor(accountId, address);
    const routes = everyRoute(here, true).filter((url) => further === undefined || /^\/(desk|site|files)\b/.test(url));
    await crawler.follow([start, ...routes], further && routes.length + further);
    return crawler.seen;
  };

  it("the own clerk finds them, so that the crawl is known to find what is there", async () => {
    const seen = await crawl(here.clerk, "/desk", "203.0.113.3", 100);
    expect(placesOf(seen, peopleOf(near)).length).toBeGreaterThan(10);
    expect(placesOf(seen, new RegExp(`${near.phones}\\d{6}`)).length).toBeGreaterThan(0);
    expect(placesOf(seen, peopleOf(far))).toEqual([]);
  });

  it("a clerk of another community finds the own people and nobody of this one", async () => {
    const seen = await crawl(there.clerk, "/desk", "203.0.113.4", 100);
    expect(placesOf(seen, peopleOf(far)).length).toBeGreaterThan(5);
    for (const of of closed) expect(placesOf(seen, of(near))).toEqual([]);
  });

  it("a contractor finds what was put to the site, no name, no phone, no ballot", async () => {
    const seen = await crawl(here.contractor, "/site", "203.0.113.5");
    expect(placesOf(seen, ticketOf(near)).length).toBeGreaterThan(0);
    expect(placesOf(seen, /鹭焊缝不齐/).length).toBeGreaterThan(0);
    for (const what of [peopleOf(near), assessorOf(near), peopleOf(far), siteOf(far)]) expect(placesOf(seen, what)).toEqual([]);
  });

  it("a supervisor finds the site's words at the stairwells granted, no ticket, no name, no phone, no ballot", async () => {
    const seen = await crawl(here.supervisor, "/site", "203.0.113.9", 50);
    expect(placesOf(seen, /鹭焊缝不齐/).length).toBeGreaterThan(0);
    for (const what of [ticketOf(near), peopleOf(near), assessorOf(near), peopleOf(far), siteOf(far)]) expect(placesOf(seen, what)).toEqual([]);
  });

  it("an assessor finds what assessors wrote, and nobody", async () => {
    const seen = await crawl(here.assessor, "/desk/assessments", "203.0.113.6");
    expect(placesOf(seen, assessorOf(near)).length).toBeGreaterThan(0);
    for (const what of [peopleOf(near), siteOf(near), peopleOf(far), assessorOf(far)]) expect(placesOf(seen, what)).toEqual([]);
  });

  it("an owner of the same stairwell finds no neighbour", async () => {
    const last = await database.db.selectFrom("flat").innerJoin("stairwell", "stairwell.id", "flat.stairwellId")
      .select(["flat.id", "flat.subdistrictId"]).where("stairwell.code", "=", here.stairwell).orderBy("flat.id", "desc").executeTakeFirstOrThrow();
    const neighbour = await createAccount(database.db, "resident", { subdistrictId: last.subdistrictId, scopeId: last.id, name: "邻居" });
    const seen = await crawl(neighbour, "/me", "203.0.113.7");
    expect(okays(seen)).toBeGreaterThan(20);
    for (const what of [...closed.map((of) => of(near)), peopleOf(far)]) expect(placesOf(seen, what)).toEqual([]);
  });

  it("the admin, who has settings and accounts, finds no owner", async () => {
    const admin = await createAccount(database.db, "admin", { subdistrictId: here.community.subdistrictId, name: "管理员" });
    const seen = await crawl(admin, "/desk/accounts", "203.0.113.8", 50);
    expect(placesOf(seen, staffOf(near)).length).toBeGreaterThan(0);
    for (const what of [peopleOf(near), siteOf(near), assessorOf(near), peopleOf(far)]) expect(placesOf(seen, what)).toEqual([]);
  });
});

describe("what the process wrote", () => {
  it("has lines about the failures, and nobody in any", () => {
    const written = portal.written();
    expect(written).toContain("request failed");
    for (const marks of [near, far]) for (const of of closed) expect(written).not.toMatch(of(marks));
    for (const secret of here.secrets) expect(written).not.toContain(secret);
    expect(written).not.toMatch(roomsOf(near, far));
  });
});
