import { expect, it } from "vitest";
import { publicFeed, type FeedFacts } from "./public-feed.ts";

const place = { stairwell: "A1-004", community: "海棠苑", entrance: "4号" };
const at = (day: string) => new Date(`${day}T02:00:00Z`);

it("tells those who follow a place its notices and steps by day, the newest first", () => {
  const facts: FeedFacts[] = [
    { ...place, at: at("2026-03-01"), kind: "move", id: 1, from: "intent", to: "reserve" },
    { ...place, at: at("2026-05-01"), kind: "opened", consultation: "C1", scope: "stairwell" },
    { ...place, at: at("2026-06-01"), kind: "published", consultation: "C1", scope: "stairwell", passed: true },
    { ...place, at: at("2026-06-02"), kind: "published", consultation: "C2", scope: "community", passed: false },
    { ...place, at: at("2026-06-03"), kind: "withdrawn", consultation: "C3", scope: "stairwell" },
    { ...place, at: at("2026-06-05"), kind: "notice", notice: 7, title: "方案公示" },
    { ...place, at: at("2026-06-20"), kind: "move", id: 2, from: "agreement", to: "plan-notice" },
  ];
  const feed = publicFeed(facts);
  expect(feed.map(({ key }) => key)).toEqual(["move-2", "notice-7", "C3-withdrawn", "C2-published", "C1-published", "C1-opened", "move-1"]);
  expect(feed.map(({ event }) => event?.kind ?? null)).toEqual([
    "stage", null, "consultation-withdrawn", "consultation-failed", "consultation-passed", "consultation-opened", "stage",
  ]);
  expect(feed[0]?.event).toMatchObject({ stage: "plan-notice", back: true });
  expect(feed[1]).toMatchObject({ day: "2026-06-05", title: "方案公示" });
});

it("does not tell that a stairwell fell below two thirds, nor at what hour it came to them", () => {
  const entered: FeedFacts = { ...place, at: new Date("2026-03-01T13:37:11Z"), kind: "move", id: 1, from: "intent", to: "reserve" };
  const feed = publicFeed([entered, { ...entered, id: 2, from: "reserve", to: "intent" }]);
  expect(feed).toHaveLength(1);
  expect(JSON.stringify(feed)).not.toContain("13:37");
});
