import {
  REQUIRED_ROLL_FIELDS,
  ROLL_COLUMNS,
  type AreaSource,
  type RollFault,
  type RollField,
} from "#app/domain/roll.ts";
import { fault, refuse, type Refused, type Row, type Table } from "./table.ts";

/** What committees write above their columns, without spaces, units and brackets. 户主 is no owner and not among them. */
const HEADERS: Record<RollField, string> = {
  room: `室号 房号 部位 房屋部位 室号部位 部位室号 户号 户室号 门牌室号 门牌号室号 门室号 房室号 房间号 房间 室
    单元室号 房屋室号 房屋坐落 坐落 坐落部位 房屋地址`,
  floor: "楼层 层 所在层 所在楼层 层次 所在层次 楼层号",
  area: `建筑面积 面积 房屋面积 房屋建筑面积 专有部分面积 专有部分建筑面积 建面 产证面积 产权面积 产权证面积
    房产证面积 登记面积 产证建筑面积 登记建筑面积 测绘面积 实测面积 实测建筑面积 合同面积 合同建筑面积`,
  areaSource: "面积来源 面积依据 面积出处 建筑面积来源",
  owner: `产权人 产权人姓名 产权人名称 业主 业主姓名 业主名称 权利人 权利人姓名 不动产权利人 房屋权利人
    房屋所有权人 所有权人 房屋产权人 房屋业主 姓名 业主产权人 产权人业主 共有人 共有产权人 共有人姓名`,
  id: `证件号码 证件号 证件编号 证件 证照号码 有效证件号码 身份证 身份证号 身份证号码 身份证件号码 公民身份号码
    身份号码 业主身份证号 业主身份证号码 业主证件号码 产权人身份证号 产权人身份证号码 产权人证件号码
    权利人证件号码 共有人证件号码 共有人身份证号`,
  phone: `联系电话 电话 电话号码 联系方式 联系手机 手机 手机号 手机号码 移动电话 固定电话 固话 座机 业主电话
    业主手机 业主联系电话 联系人电话`,
  note: "备注 说明 附注 备注说明 情况说明",
};

const FIELD_OF = new Map(
  (Object.keys(HEADERS) as RollField[]).flatMap((field) =>
    HEADERS[field].split(/\s+/).map((name): [string, RollField] => [name, field])
  )
);

/** An area column that names its source gives it to all rows without one of their own. */
const SOURCE_IN_HEADER: [RegExp, AreaSource][] = [
  [/产证|产权证|房产证|登记|产权面积/, "register"],
  [/测绘|实测/, "survey"],
  [/合同/, "contract"],
];

/** Header rows stand near the top, below titles and explanations. */
const SEARCHED_ROWS = 50;

const plainHeader = (text: string) =>
  text
    .normalize("NFKC")
    .replace(/[\s*:/,、]/g, "")
    .replace(/\(.*?\)|\[.*?\]|【.*?】/g, "")
    .replace(/后[四4六6]位$/, "")
    .replace(/(?:m2|平方米|平米)$/i, "");

/** The field that a header cell stands for, or null. */
export function fieldOfHeader(text: string): RollField | null {
  return FIELD_OF.get(plainHeader(text)) ?? null;
}

export interface Header {
  line: number;
  width: number;
  /** Columns by field, counted from 0. Owner, ID, phone and note may stand in several. */
  columns: Record<RollField, number[]>;
  areaSource: AreaSource | null;
  texts: string[];
}

function readHeader(row: Row): Header {
  const columns: Header["columns"] = {
    room: [],
    floor: [],
    area: [],
    areaSource: [],
    owner: [],
    id: [],
    phone: [],
    note: [],
  };
  row.cells.forEach((cell, i) => {
    const field = fieldOfHeader(cell.text);
    if (field !== null) columns[field].push(i);
  });
  const areaHeader = row.cells[columns.area[0] ?? -1]?.text ?? "";
  const areaSource = SOURCE_IN_HEADER.find(([pattern]) => pattern.test(areaHeader))?.[1] ?? null;
  const texts = row.cells.map((cell) => cell.text.trim());
  return { line: row.line, width: texts.findLastIndex((text) => text !== "") + 1, columns, areaSource, texts };
}

/** How many fields a row of headers names; a row that names one alone is a title or a remark. */
export function fieldsNamed(cells: readonly string[]): number {
  const fields = new Set(cells.map(fieldOfHeader).filter((field) => field !== null));
  return fields.size > 1 ? fields.size : 0;
}

/** Finds the header row: of the rows near the top the one that names most fields. */
export function findHeader(table: Table): Header | Refused {
  let best: Row | null = null;
  let most = 0;
  for (const row of table.slice(0, SEARCHED_ROWS)) {
    const named = fieldsNamed(row.cells.map((cell) => cell.text));
    if (named > most) [best, most] = [row, named];
  }
  if (best !== null) return readHeader(best);
  const found = table[0]?.cells.map((cell) => cell.text.trim()).filter((text) => text !== "") ?? [];
  return refuse("no_header", found.join("、"));
}

const ONCE = ["room", "area", "floor", "areaSource"] as const satisfies readonly RollField[];

/** Columns that are missing or stand twice, where that leaves open which of them counts. */
export function headerFaults(header: Header): RollFault[] {
  const found = header.texts.filter((text) => text !== "").join("、");
  const missing = REQUIRED_ROLL_FIELDS.filter((field) => header.columns[field].length === 0);
  const twice = ONCE.filter((field) => header.columns[field].length > 1);
  const namesOf = (field: RollField) => header.columns[field].map((i) => header.texts[i]).join("、");
  return [
    ...missing.map((field) => fault("missing_column", header.line, ROLL_COLUMNS[field], found)),
    ...twice.map((field) => fault("column_twice", header.line, ROLL_COLUMNS[field], namesOf(field))),
  ];
}
