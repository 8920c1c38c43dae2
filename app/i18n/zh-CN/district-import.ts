import type { DistrictCounts, DistrictFault, DistrictFaultCode, DistrictStep } from "#app/domain/district.ts";

/** The file, line and column stand before the sentence. */
const faults: Readonly<Record<DistrictFaultCode, (value: string, other: string) => string>> = {
  empty: () => "没有填写",
  not_a_code: (value) => `“${value}”不是有效的编号`,
  not_a_whole_number: (value) => `“${value}”不是整数`,
  not_an_area: (value) => `“${value}”不是面积，应只含数字，至多两位小数`,
  not_a_coordinate: (value) => `“${value}”不是经纬度`,
  not_a_day: (value) => `“${value}”不是存在的日期，应写作 2022-03-01`,
  out_of_range: (value, range) => `“${value}”超出范围 ${range}`,
  too_early: (value, first) => `“${value}”早于 ${first}`,
  in_the_future: (value, today) => `“${value}”晚于今天（${today}）`,
  not_one_of: (value, words) => `“${value}”应为其中之一：${words}`,
  too_long: (_, most) => `超过 ${most} 个字`,
  unreadable: (value) => `“${value}”含有看不见或无法识别的字符，文件应为 UTF-8 编码`,
  file_missing: () => "找不到这个文件，或无法读取",
  file_empty: () => "文件是空的，第一行应为列名",
  file_malformed: () => "引号不成对，或这一行过长，后面的内容无法读取",
  column_missing: (name) => `缺少“${name}”列`,
  column_unknown: (name) => `不应有“${name}”列`,
  column_twice: (name) => `“${name}”列出现了两次`,
  cell_count: (found, expected) => `有 ${found} 格，应有 ${expected} 格`,
  coordinate_half: (_, other) => `已填写 ${other}，经度和纬度应同时填写`,
  rule_not_in_force: (value, day) => `${day} 时“${value}”没有施行`,
  closed_before_opened: (value, opened) => `结束日 ${value} 早于开始日 ${opened}`,
  in_use_before_start: (value, started) => `投入使用日 ${value} 早于开工日 ${started}`,
  repeated: (value, line) => `“${value}”与第 ${line} 行重复`,
  unknown_reference: (value, stairwell) => (stairwell ? `楼道 ${stairwell} 没有“${value}”` : `没有编号为“${value}”的记录`),
  differs_from_line: (value, line) => `“${value}”与第 ${line} 行同一业主编号的内容不一致`,
  not_on_roll: (value, stairwell) => `楼道 ${stairwell} 的业主清册中没有“${value}”`,
  before_opening: (value, opened) => `表决日 ${value} 早于征询开始日 ${opened}`,
  after_close: (value, closed) => `表决日 ${value} 晚于征询结束日 ${closed}`,
  overlaps: (_, code) => `与同一楼道的征询 ${code} 时间重叠`,
  no_flats: (value) => `楼道 ${value} 没有一户，无法征询`,
  unresolved: (_, voters) => `业主 ${voters} 的几户表决意见不一致，结果不能确认`,
  differs_from_stored: (value, stored) => `“${value}”与已导入的“${stored}”不一致`,
  of_other_subdistrict: (value) => `“${value}”属于另一个街道`,
  place_taken: (value, code) => `“${value}”已是楼道 ${code} 的门号`,
  another_running: (_, code) => `这个楼道的征询 ${code} 还没有结束`,
  already_certified: (_, code) => `征询 ${code} 的结果已经确认，不能再添表决票`,
};

const steps: Readonly<Record<DistrictStep, string>> = {
  "communities.csv": "读取小区",
  "stairwells.csv": "读取楼道",
  "units.csv": "读取房屋和业主",
  "intents.csv": "读取意愿",
  "consultations.csv": "读取征询",
  "ballots.csv": "读取表决票",
  "lifts.csv": "读取电梯",
  register: "核对并保存名册",
  intents: "保存意愿",
  consultations: "保存征询并计票",
  projects: "推算进展",
  log: "建立索引，写入日志",
  finish: "收尾",
};

const counted: Readonly<Record<keyof DistrictCounts, [name: string, unit: string]>> = {
  communities: ["小区", "个"],
  stairwells: ["楼道", "个"],
  flats: ["房屋", "户"],
  owners: ["业主", "位"],
  intents: ["意愿", "条"],
  consultations: ["意见征询", "次"],
  ballots: ["表决票", "张"],
  inReserve: ["加梯储备", "个楼道"],
  passed: ["征询通过", "次"],
  failed: ["征询未通过", "次"],
  inUse: ["投入使用", "个楼道"],
};

export const districtImport = {
  usage: `用法：
  npm run import -- district 文件夹 [--name 街道名] [--phone 电话] [--subdistrict 代码] [--database 数据库名]
  npm run import -- roll 文件 --stairwell 楼道编号 [--check]`,
  unknownOption: (why: string) => `命令写得不对：${why}`,
  /** For a subdistrict that is not stored yet. 12345 is the citizens' hotline of every Chinese city. */
  defaults: { name: "本街道", phone: "12345" },
  /** Words that go into records which have none of their own. */
  wording: { authorisation: "随历史档案导入，书面委托见原件", reason: "随历史档案导入" },
  step: (step: DistrictStep) => steps[step],
  fault: ({ file, line, column, code, value, other }: DistrictFault) => {
    const short = value.length > 40 ? `${value.slice(0, 40)}…` : value;
    const place = [file, line === null ? "" : ` 第 ${line} 行`, column === null ? "" : ` ${column} 列`].join("");
    return `${place}：${faults[code](short, other ?? "")}`;
  },
  refused: (count: number, more: boolean) =>
    more ? `发现 ${count} 处以上的问题，什么都没有导入：` : `发现 ${count} 处问题，什么都没有导入：`,
  evenMore: "…还有更多",
  imported: (touched: number, seconds: string) => `导入完成，${touched} 个楼道有新内容，用时 ${seconds} 秒。`,
  nothingNew: (seconds: string) => `这些文件的内容都已导入，没有任何改动，用时 ${seconds} 秒。`,
  countsTitle: "本街道现有：",
  counts: (counts: DistrictCounts) =>
    (Object.keys(counted) as (keyof DistrictCounts)[]).map((key) => `  ${counted[key][0]} ${counts[key]} ${counted[key][1]}`),
  failed: (message: string) => `导入没有完成，什么都没有改动：${message}`,
} as const;
