import type { Dated, SettingKey, SettingValue } from "./setting-schemas.ts";

type NonEmpty<T> = readonly [T, ...T[]];

const always = <Value>(value: Value): NonEmpty<Dated<Value>> => [{ fromDay: null, value }];

const factor = (id: string, name: string, more: Partial<SettingValue<"factors">[number]> = {}) => ({
  id, name, limit: null, remedy: null, informative: false, ...more,
});

const milestones: [name: string, days: number][] = [
  ["进场围挡、立公示牌", 3],
  ["管线迁移", 20],
  ["打桩、开挖底坑", 12],
  ["基础施工", 14],
  ["钢结构井道", 10],
  ["连廊和开门洞", 10],
  ["外立面和防水", 12],
  ["电梯安装", 12],
  ["调试和监督检验", 10],
  ["场地复原", 5],
  ["竣工验收、使用登记、交付", 12],
];

/** Steps of ten hundredths from the third floor on. */
const GUANGZHOU = { floors: [0, 50, 100], step: 10 };

/** What holds where the subdistrict has set nothing, by the day from which it does. Everything here can be changed by it. */
export const settingDefaults: { readonly [Key in SettingKey]: NonEmpty<Dated<SettingValue<Key>>> } = {
  factors: always([
    factor("storeys", "楼层数和房屋性质"),
    factor("structure", "结构安全状况", { remedy: "先做结构检测和加固" }),
    factor("fire-lane", "消防车道", { limit: { least: "4", unit: "米" }, remedy: "调整井道位置，让出车道" }),
    factor("fire-spacing", "消防间距和退界"),
    factor("septic-tank", "不能移动的化粪池或总管"),
    factor("pipes", "可移动的管线（燃气、水、雨污、电、通信）", { remedy: "由权属单位迁移管线" }),
    factor("protected-site", "变电站、泵房或历史保护"),
    factor("illegal-structure", "占用井道位置的违法建筑", { remedy: "拆除违法建筑" }),
    factor("daylight", "采光和视线", { remedy: "改用玻璃井道或调整位置" }),
    factor("grounds", "树木、绿化和停车位", { remedy: "移栽树木、补划车位" }),
    factor("corridor", "楼道布局"),
    factor("crane", "地面承载和吊装通道"),
    factor("entry", "入户方式（平层、错层）", { informative: true }),
  ]),
  milestones: always(milestones.map(([name, days], index) => ({ id: `M${index}`, name, days }))),
  "city-subsidy": [
    { fromDay: null, value: { kind: "share", percent: 40, mostFen: 28_000_000 } },
    { fromDay: "2024-01-01", value: { kind: "fixed", fen: 14_000_000 } },
  ],
  "district-subsidy": always({ kind: "none" }),
  "cost-schemes": always([
    { kind: "percentages", id: "shanghai", name: "按楼层百分比", source: "上海常用", floors: [0, 700, 1_300, 2_000, 2_700, 3_300] },
    { kind: "coefficients", id: "guangzhou", name: "按楼层系数", source: "广州做法", ...GUANGZHOU },
    { kind: "intervals", id: "beijing", name: "按区间协商", source: "北京 2022 年", floors: [[0, 0], [4, 6], [11, 13], [19, 21], [27, 29], [32, 34]] },
  ]),
  phones: always([]),
  "legal-texts": always({
    privacy: "姓名、电话、证件号码只用于核对业主身份和通知，不公开，不给其他业主看。\n要更正或删除，请打电话或到居委会办理。",
    ballot: "根据《民法典》第二百七十八条，本次表决须由专有部分面积占比三分之二以上且人数占比三分之二以上的业主参与。\n参与表决的业主中，面积四分之三以上且人数四分之三以上同意，才算通过。没有交回的不算同意。",
    payment: "费用只交到协议写明的对公账户，不要交到个人账户。",
  }),
  reminders: always([7, 2]),
  "paper-grace": always(3),
  "plan-change-percent": always(10),
  "priority-weights": always({ willing: 50, floors: 30, help: 20 }),
  "default-ruleset": always({ stairwell: "cn-civil-278-major", community: "cn-civil-278-ordinary" }),
  "own-rulesets": always([]),
};
