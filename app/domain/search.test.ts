import { describe, expect, it } from "vitest";
import { rankCommunities, readSearch, spellingsOf, typedSearch, type SearchedCommunity } from "./search.ts";

const communities: SearchedCommunity[] = [
  { code: "A1", name: "梅园", pinyin: "meiyuan", initials: "my", address: "长河路12弄" },
  { code: "A2", name: "梅园新村", pinyin: "meiyuanxincun", initials: "myxc", address: "长河路112弄" },
  { code: "A3", name: "兰亭坊", pinyin: "lantingfang", initials: "ltf", address: "东桥路9弄" },
  { code: "A4", name: "雪松里", pinyin: "xuesongli", initials: "xsl", address: "东桥路29弄" },
];
const sounds: Record<string, string> = { 蓝亭坊: "lantingfang", 梅源: "meiyuan", 学松: "xuesong" };

const find = (typed: string) =>
  rankCommunities(readSearch(typed), communities, (text) => sounds[text] ?? "?").map(
    ({ community, reading }) => community.name + (reading.building ? ` ${reading.building}幢` : "") + (reading.entrance ? ` ${reading.entrance}号` : ""),
  );

describe("what somebody types to find the stairwell", () => {
  it.each([
    ["梅园", ["梅园", "梅园新村"]],
    ["梅园新村", ["梅园新村", "梅园"]],
    ["MY", ["梅园", "梅园新村"]],
    ["myxc", ["梅园新村"]],
    ["lanting", ["兰亭坊"]],
    ["Lan Ting Fang", ["兰亭坊"]],
    ["song", ["雪松里"]],
    ["新村", ["梅园新村"]],
    ["A3", ["兰亭坊"]],
    ["兰亭坊 8号", ["兰亭坊 8号"]],
    ["兰亭坊８号楼道", ["兰亭坊 8号"]],
    ["兰亭坊八号", ["兰亭坊 8号"]],
    ["兰亭坊二十一号", ["兰亭坊 21号"]],
    ["兰亭坊十二号", ["兰亭坊 12号"]],
    ["兰亭坊一百零二号", ["兰亭坊 102号"]],
    ["兰亭坊一〇二号", ["兰亭坊 102号"]],
    ["兰亭坊一百二十三号", ["兰亭坊 123号"]],
    ["兰亭坊一百号", ["兰亭坊 100号"]],
    ["  兰亭坊　 8 ", ["兰亭坊 8号"]],
    ["ltf8", ["兰亭坊 8号"]],
    ["ltf 8-301", ["兰亭坊 8号"]],
    ["兰亭坊8号301室", ["兰亭坊 8号"]],
    ["兰亭坊8号 301", ["兰亭坊 8号"]],
    ["兰亭坊3幢", ["兰亭坊 3幢"]],
    ["兰亭坊3幢4号", ["兰亭坊 3幢 4号"]],
    ["兰亭坊楼道", ["兰亭坊"]],
    ["长河路12弄", ["梅园"]],
    ["12弄 3号", ["梅园 3号"]],
    ["上海市长河路12弄3号", ["梅园 3号"]],
    ["长河路12弄梅园3号", ["梅园 3号"]],
    ["长河路", ["梅园", "梅园新村"]],
    ["东桥路29", ["雪松里"]],
    ["蓝亭坊", ["兰亭坊"]],
    ["学松", ["雪松里"]],
    ["兰婷坊", ["兰亭坊"]],
    ["兰婷坊 8", ["兰亭坊 8号"]],
    ["12", ["梅园"]],
    ["2弄", []],
    ["东桥路9弄8", ["兰亭坊 8号"]],
    ["东桥路9弄甲区", ["兰亭坊"]],
    ["my弄", []],
    ["兰亭", ["兰亭坊"]],
    ["兰亭苑", ["兰亭坊"]],
    ["兰坊", ["兰亭坊"]],
    ["兰亭坊坊", ["兰亭坊"]],
    ["蘭亭坊八號", ["兰亭坊 8号"]],
    ["蘭亭坊3棟4號樓", ["兰亭坊 3幢 4号"]],
    ["長河路112弄", ["梅园新村"]],
    ["lanting fang 8 hao", ["兰亭坊 8号"]],
    ["ltf8hao", ["兰亭坊 8号"]],
    ["ltf 3zhuang 4 hao", ["兰亭坊 3幢 4号"]],
    ["兰亭坊 8haotang", ["兰亭坊"]],
    ["8号", ["梅园 8号", "兰亭坊 8号", "雪松里 8号", "梅园新村 8号"]],
    ["没有这里", []],
    ["坊兰", []],
    ["q", []],
    ["zz", []],
    ["?!…", []],
    ["", []],
    ["\u0000\u200b", []],
  ])("%j finds %j", (typed, names) => {
    expect(find(typed)).toEqual(names);
  });

  it("is read up to a hundred characters, and without what cannot be seen", () => {
    expect(typedSearch(null)).toEqual({ typed: "", tooLong: false });
    expect(typedSearch(" 兰亭坊\u0007 8号\u200b ")).toEqual({ typed: "兰亭坊  8号", tooLong: false });
    expect(typedSearch("坊".repeat(100)).tooLong).toBe(false);
    expect(typedSearch("坊".repeat(101))).toEqual({ typed: "坊".repeat(100), tooLong: true });
  });

  it("is cut as it is after normalising, for one sign may stand for eighteen letters", () => {
    const { typed, tooLong } = typedSearch("\uFDFA".repeat(90));
    expect([...typed].length).toBe(100);
    expect(tooLong).toBe(true);
  });

  it("may be the code of a stairwell, in any width and case, with or without its dash", () => {
    expect(readSearch(" ａ3－014 ").codes).toEqual(["A3-014"]);
    expect(readSearch("a3014").codes).toEqual(["A-3014", "A3-014", "A30-14", "A301-4"]);
    expect(readSearch("a3 014").codes).toContain("A3-014");
    expect(readSearch("a".repeat(20)).codes).toEqual([`${"A".repeat(12)}-${"A".repeat(8)}`]);
    expect(readSearch("a3-0-14").codes).toEqual([]);
    expect(readSearch("兰亭坊8-301").codes).toEqual([]);
  });

  it("looks for a door and a building as registers write them", () => {
    expect(spellingsOf(8, "entrance")).toContain("8号");
    expect(spellingsOf(8, "building")).toContain("8幢");
  });
});
