import type { RollRefusal } from "#app/domain/roll-plan.ts";
import type { RollQuestion } from "#app/domain/roll.ts";

type Params = Record<string, string | number>;

/** Why a roll was not stored: what happened, what was kept, what to do. */
export const rollProblems = {
  roll_faulty: ({ faults }: Params) => `清册有 ${faults} 处错误，什么都没有保存。请按下面的位置改好，再重新提交。`,
  roll_too_many_flats: ({ flats, most }: Params) => `清册有 ${flats} 户，一个楼道最多 ${most} 户。什么都没有保存，请按楼道分开。`,
  roll_too_many_owners: ({ owners, most }: Params) => `清册有 ${owners} 位产权人，一个楼道最多 ${most} 位。什么都没有保存，请按楼道分开。`,
  roll_too_many_questions: ({ pairs }: Params) => `有 ${pairs} 对同名产权人分不清。什么都没有保存，请先在清册里补上证件号码。`,
  roll_name_too_long: ({ rooms }: Params) => `这些户的产权人姓名太长：${rooms}。什么都没有保存，请改短后重新提交。`,
  floor_unknown: ({ rooms }: Params) => `看不出这些户在几楼：${rooms}。什么都没有保存，请在清册里加一列“楼层”。`,
  floor_beyond: ({ rooms }: Params) => `这些户的楼层不在 -5 至 60 层之间：${rooms}。什么都没有保存，请核对楼层。`,
  flats_missing: ({ rooms }: Params) => `清册里少了已登记的户：${rooms}。什么都没有保存，请补上全部户后重新提交。`,
  roll_draft_gone: "这份预览已经保存过或过了一小时。登记没有变化，如需要请重新选文件。",
  answers_contradict: "这和清册里的证件或先前的回答矛盾，没有保存。请核对后回答“是两个人”，或更正清册。",
} as const satisfies Record<RollRefusal | "roll_draft_gone" | "answers_contradict", string | ((params: Params) => string)>;

/** What the clerk does about a question that is not answered with "the same" or "another". */
const advice = {
  same_name: "保存后在“清册里的问题”里回答",
  shared_owner: "如不对，请改好清册再提交",
  same_id_other_name: "如不对，请改好清册里的证件号码再提交",
  developer_flats: "如已售出，请改好清册里的产权人再提交",
} as const satisfies Record<RollQuestion["code"], string>;

export const rollDesk = {
  title: "业主清册",
  lead: "选居委现有的清册文件。先核对，确认后才保存。",
  link: "导入业主清册",
  stored: "业主清册已保存",
  unchanged: "登记里已经是这些内容，没有改动",
  now: "现有登记",
  flats: "户数",
  area: "总面积",
  withoutOwner: "没有业主的户",
  none: "无",
  households: (n: number) => `${n} 户`,
  people: (n: number) => `${n} 人`,
  squareMetres: (area: string) => `${area} 平方米`,
  openQuestions: "没有回答的问题",

  file: "清册文件",
  fileHint: "CSV 或 xlsx，不超过 20 MB。要有室号、建筑面积、产权人三列；一个文件只放一个楼道。",
  read: "读取并核对",
  gone: "刚才的预览已经保存过或过期了",

  faults: (n: number) => `${n} 处错误`,
  faultsCaption: "错误和所在位置",
  place: "位置",
  whole: "整个文件",
  what: "问题",
  more: (n: number) => `还有 ${n} 处没有列出`,

  checkTitle: "核对清册",
  checkLead: "确认前什么都不会保存。核对每一户，再确认。",
  readFrom: "读到的文件",
  units: "户数",
  heads: "业主人数",
  headsHint: "几户同一业主算一人，共有人合为一人",
  changes: "保存后的变化",
  flatsAdded: "新登记的户",
  flatsChanged: "有变化的户",
  ownersJoined: "新增业主",
  ownersLeft: "不再是业主",
  times: (n: number) => `${n} 人次`,
  questions: (n: number) => `${n} 个问题要您判断`,
  questionsCaption: "问题和怎么办",
  todo: "怎么办",
  advice: (code: RollQuestion["code"]) => advice[code],
  warnings: (n: number) => `${n} 条提醒`,
  warningsCaption: "提醒和所在位置",
  caption: "各户：读到的和现有的",
  columns: { room: "室号", state: "变化", floor: "楼层", area: "面积", owners: "产权人", phone: "电话", before: "现有登记" },
  states: { new: "新登记", changed: "有变化", same: "无变化" },
  notRegistered: "未登记",
  unknown: "看不出",
  floorOf: (floor: number) => `${floor} 层`,
  areaOf: (area: string) => `${area} ㎡`,
  owner: (name: string, toldBy: "id" | "tail" | "name") => `${name}（${{ id: "有证件号", tail: "有证件后四位", name: "无证件号" }[toldBy]}）`,
  noPhone: "无电话",
  before: (floor: number, area: string, owners: string) => `${floor} 层，${area} ㎡，${owners}`,
  running: (code: string) => `征询 ${code} 正在进行，它仍用开始时冻结的清册，不受影响`,
  phonesKept: (rooms: string) => `这些户的业主在别的居委也有房，电话没有改动：${rooms}`,
  higher: (from: number, to: number) => `登记是 ${from} 层楼，清册到 ${to} 层，保存后改为 ${to} 层`,
  confirm: "确认保存",
  again: "不保存，重新选文件",
} as const;

export const rollImport = {
  usage: `用法：
  npm run import -- roll 文件 --stairwell 楼道编号 [--check] [--sheet 工作表名] [--database 数据库名]`,
  unknownOption: (why: string) => `命令写得不对：${why}`,
  stairwellMissing: "没有写楼道编号，例如 --stairwell A1-001",
  stairwellUnknown: (code: string) => `没有编号为 ${code} 的楼道，什么都没有保存。`,
  unreadable: {
    missing: (file: string) => `找不到文件：${file}`,
    directory: (file: string) => `这是文件夹，不是文件：${file}`,
    unreadable: (file: string) => `文件打不开：${file}`,
    too_large: (file: string) => `文件太大：${file}`,
  },
  file: (file: string, source: string) => `文件：${file}（${source}）`,
  read: (totals: string) => `读到：${totals}`,
  warnings: (n: number) => `提醒 ${n} 条：`,
  questions: (n: number) => `要判断的问题 ${n} 个：`,
  faults: (n: number) => `错误 ${n} 处，什么都没有保存：`,
  line: (place: string, sentence: string) => (place === "" ? `  ${sentence}` : `  ${place}：${sentence}`),
  questionLine: (sentence: string, todo: string) => `  ${sentence}（${todo}）`,
  more: (n: number) => `  …还有 ${n} 处没有列出`,
  wrongKey: "数据库里的个人信息不是用现在的密钥保存的，什么都没有保存。请设置和门户相同的 SESSION_SECRET、DATA_KEY 或 DATA_DIR。",
  wouldChange: (stairwell: string) => `核对无误，没有保存。保存到 ${stairwell} 会有这些变化：`,
  changed: (stairwell: string) => `已保存到 ${stairwell}：`,
  unchanged: (stairwell: string) => `${stairwell} 的登记已经是这些内容，没有任何改动。`,
  counts: ({ flatsAdded, flatsChanged, ownersJoined, ownersLeft }: { flatsAdded: number; flatsChanged: number; ownersJoined: number; ownersLeft: number }) =>
    `  新登记 ${flatsAdded} 户，有变化 ${flatsChanged} 户；新增业主 ${ownersJoined} 人次，不再是业主 ${ownersLeft} 人次`,
  heads: (heads: number, questions: number) => `  共 ${heads} 个业主人数${questions > 0 ? `，有 ${questions} 个问题要在工作台回答` : ""}`,
} as const;
