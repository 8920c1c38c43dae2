import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Choice } from "#app/domain/tally.ts";
import { done, openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { TWELVE_AREAS } from "../support/public-figures.ts";

let database: TestDatabase;
let portal: TestPortal;
let now = new Date("2026-11-21T03:00:00Z");

beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const agreed = (count: number, of: number): Choice[] => Array.from({ length: of }, (_, index) => (index < count ? "agree" : index % 2 === 0 ? "oppose" : "abstain"));

/** Everything that the public can read about a stairwell: pages in both views, data, lists. */
async function everythingAbout({ stairwell, consultation }: OpenedConsultation): Promise<string[]> {
  const [community = ""] = stairwell.code.split("-");
  const visitor = portal.visitor();
  const urls = [
    "/", "/progress", "/reserve", "/notices", "/data", "/communities", `/communities/${community}`, `/s/${stairwell.code}`, `/s/${stairwell.code}/intent`,
    "/api/v1/stairwells.csv", `/api/v1/stairwells/${stairwell.code}.json`, `/api/v1/results/${consultation}.json`, "/api/v1/progress.json",
  ];
  const answers = [];
  for (const url of urls) {
    const { status, headers, body } = await visitor.get(url);
    const told = [...headers].filter(([name]) => !/^content-security-policy$/.test(name)).map((header) => header.join(": "));
    answers.push(`${status} ${url}\n${told.join("\n")}\n${withoutDraws(body)}`);
  }
  return answers;
}

/** Without what is drawn at random for every answer: nonces and the keys of forms, 16 bytes each, and the reference of the request. */
const withoutDraws = (body: string) => body.replace(/(["'=])[\w-]{22}(?=\\?["'])/g, "$1DRAWN").replace(/"reference":"[\dA-F]{10}"/, "");

describe("a neighbour who reads everything public", () => {
  it("sees nothing change while ballots come in, are replaced and come in from paper", async () => {
    portal = await openPortal(database, { clock: () => now });
    const opened = await openedConsultation(database.db, { areas: TWELVE_AREAS });
    const before = await everythingAbout(opened);
    for (const [index, { room }] of opened.stairwell.flats.entries()) {
      await done(opened.cast(room, index % 3 === 0 ? "oppose" : "agree", index % 4 === 0 ? { channel: "paper" } : undefined));
      if (index === 5) await done(opened.cast(room, "abstain"));
      if (index % 6 === 5) expect(await everythingAbout(opened)).toEqual(before);
    }
  });

  it("cannot tell two stairwells apart in which other neighbours chose, once both results are out", async () => {
    const closed = async (choices: readonly Choice[]) => {
      const opened = await openedConsultation(database.db, { areas: TWELVE_AREAS });
      for (const [index, choice] of choices.entries()) await done(opened.cast(opened.stairwell.flats[index]?.room ?? "", choice));
      await done(opened.close());
      await done(opened.certify());
      await done(opened.publish());
      return opened;
    };
    const choices = agreed(9, 11);
    const [one, other] = [await closed(choices), await closed([...choices].reverse())];
    now = new Date(one.later.now.getTime() + 3_600_000);
    portal = await openPortal(database, { clock: () => now });
    // Two stairwells that differ in nothing but their codes, and in who chose what.
    await database.owner.db.updateTable("stairwell").set({ building: "1幢", entrance: "1号" }).execute();
    await database.owner.db.updateTable("community").set({ name: "梅园" }).execute();
    const alike = async (opened: OpenedConsultation) => {
      const { code } = opened.stairwell;
      const [community = ""] = code.split("-");
      const own = (await everythingAbout(opened)).filter((answer) => [code, community, opened.consultation].some((name) => answer.split("\n", 1)[0]?.includes(name)));
      const { name } = await database.db.selectFrom("committee").select("name").where("id", "=", opened.stairwell.committeeId).executeTakeFirstOrThrow();
      return own.map((answer) =>
        [opened.consultation, code, community, name].reduce((text, one) => text.replaceAll(one, "NAME"), answer)
          .replace(/[\da-f]{64,}/g, "HASH").replace(/"(\w+Id|id)":\d+|(stairwell|community):\d+/g, "ROW").replace(/\/notices\/\d+/g, "NOTICE"),
      );
    };
    const told = await alike(one);
    expect(told.join()).toContain('"agree":9');
    expect(await alike(other)).toEqual(told);
  });
});
