import { stairwellName } from "./places.ts";
import { publicWords } from "./public.ts";
import type { FeedEntry } from "#app/domain/public-feed.ts";

export const feedWords = {
  stairwell: (community: string, entrance: string) => `${stairwellName(community, entrance)}加装电梯`,
  community: (community: string) => `${community}加装电梯`,
  subtitle: "每走一步、每份公告，都会出现在这里。表决和意愿填报不显示。",
  author: "加梯一键通",
  /** One entry; in a community's feed with the stairwell before it. */
  entry: (entry: FeedEntry, named: boolean) => {
    const said = entry.event === null ? entry.title : publicWords.events(entry.event);
    return named && entry.event !== null ? `${stairwellName(entry.community, entry.entrance)}：${said}` : said;
  },
  follow: "订阅更新",
} as const;
