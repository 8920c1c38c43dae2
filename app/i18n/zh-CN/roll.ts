import type {
  RollFault,
  RollFaultCode,
  RollQuestion,
  RollReading,
  RollRemark,
  RollWarning,
  RollWarningCode,
} from "#app/domain/roll.ts";

type Sentence = (remark: { value: string; other: string | number | undefined }) => string;

const faults: Readonly<Record<RollFaultCode, Sentence>> = {
  file_empty: () => "文件里没有内容",
  file_too_large: ({ other }) => `文件超过 ${Number(other) / 1024 / 1024} MB`,
  old_workbook: () => "这是旧版 xls 或加了密码的文件，请在表格软件中另存为不带密码的 xlsx",
  workbook_broken: () => "这个 xlsx 文件打不开，请在表格软件中重新另存为 xlsx",
  workbook_too_large: () => "这个 xlsx 文件展开后过大，请只保留清册所在的工作表",
  unknown_encoding: () => "认不出文字编码，请另存为 UTF-8 的 CSV 或 xlsx",
  not_text: () => "这不是 CSV 或 xlsx 文件",
  quote_not_closed: () => "引号没有成对，其后的内容无法分行",
  too_many_rows: ({ value, other }) => `有 ${value} 行，最多 ${other} 行`,
  too_many_columns: ({ value, other }) => `内容到了第 ${value} 列，最多 ${other} 列`,
  several_sheets: ({ value }) => `有几个工作表都像清册，请指明用哪一个：${value}`,
  no_such_sheet: ({ value, other }) => `没有工作表“${value}”，文件里有：${other === "" ? "无" : other}`,
  no_header: ({ value }) => `找不到表头（室号、建筑面积、产权人），文件开头是：${value}`,
  missing_column: ({ value }) => `缺少这一列，表头里有：${value}`,
  column_twice: ({ value }) => `有几列都像这一列，请只留一列：${value}`,
  no_flats: () => "表头下面没有房屋",
  empty: () => "没有填写",
  duplicate: ({ value, other }) => `“${value}”与第 ${other} 行重复`,
  not_a_room: ({ value }) => `“${value}”不是室号`,
  other_entrance: ({ value, other }) => `“${value}”与“${other}”不是同一个门号，一份清册只含一个楼道`,
  not_a_number: ({ value }) => `“${value}”不是数字`,
  not_above_zero: ({ value }) => `“${value}”不大于 0`,
  too_many_decimals: ({ value }) => `“${value}”多于两位小数`,
  area_too_large: ({ value, other }) => `“${value}”超过 ${other} 平方米`,
  not_a_name: ({ value }) => `“${value}”不是姓名或单位名称`,
  not_an_id: ({ value }) => `“${value}”不是证件号码`,
  digits_lost: ({ value }) => `“${value}”被表格软件存成了数字，已丢失末几位，请把这一列设为文本后重新填写`,
  not_a_phone: ({ value }) => `“${value}”不是电话号码，固定电话须带区号`,
  cell_too_long: ({ other }) => `一格内超过 ${other} 个字`,
  forbidden_character: ({ value }) => `“${value}”含有控制字符，请重新填写`,
  runs_over_lines: ({ value }) => `这一格占了几行，多半是引号没有成对：${value}`,
  too_many_cells: ({ value }) => `比表头多出内容：${value}`,
  total_mismatch: ({ value, other }) => `合计写的是 ${value}，各户相加是 ${other}`,
};

const warnings: Readonly<Record<RollWarningCode, Sentence>> = {
  invisible_removed: ({ value, other }) => `已去掉“${value}”里看不见的字符 ${other}`,
  name_unusual: ({ value }) => `请核对姓名“${value}”`,
  share_ignored: ({ value }) => `份额不计入清册，共有人合为一人：${value}`,
  id_check_digit: ({ value, other }) => `${other}的身份证号校验不符，请核对：${value}`,
  id_zeros_restored: ({ value, other }) => `${other}的证件后四位补回了开头的 0：${value}`,
  id_hidden: ({ value, other }) => `${other}的证件号码遮住了末四位，不能据以辨认：${value}`,
  id_count: ({ value, other }) => `产权人有 ${other} 位，证件号码个数不同，均未采用：${value}`,
  tenant_id_ignored: ({ value }) => `公房一行的证件号码视为承租人的，未采用：${value}`,
  phone_ignored: ({ value }) => `电话多于产权人，未采用：${value}`,
  floor_not_read: ({ value }) => `看不懂楼层“${value}”，按室号推定`,
  floor_differs: ({ value, other }) => `楼层写的是 ${value}，按室号是 ${other}，以写的为准`,
  area_source_not_read: ({ value }) => `看不懂面积来源“${value}”`,
  line_ignored: ({ value }) => `这一行不是房屋，未读入：${value}`,
  total_not_read: ({ value }) => `合计行的面积看不懂，未作核对：${value === "" ? "空" : value}`,
  count_mismatch: ({ value, other }) => `合计写的是 ${value} 户，读到 ${other} 户`,
};

const questions: Readonly<Record<RollQuestion["code"], (name: string, rooms: string) => string>> = {
  same_name: (name, rooms) => `${rooms} 都有产权人${name}，证件不足以辨认，是同一人吗？`,
  shared_owner: (name, rooms) => `${name}在 ${rooms} 与不同的人共有，现分开计数，对吗？`,
  same_id_other_name: (name, rooms) => `${rooms} 的证件号码相同而姓名不同（${name}），现按一人计，对吗？`,
  developer_flats: (name, rooms) => `${rooms} 均属${name}，现按建设单位未售房屋合计一人，对吗？`,
};

const encodings: Readonly<Record<string, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  gb18030: "GB18030",
};
const separators: Readonly<Record<string, string>> = { ",": "逗号", ";": "分号", "\t": "制表符", "，": "全角逗号" };

const sentenceOf = (sentence: Sentence, { value, other }: RollRemark<string>) => sentence({ value, other });

export const roll = {
  fault: (fault: RollFault) => sentenceOf(faults[fault.code], fault),
  warning: (warning: RollWarning) => sentenceOf(warnings[warning.code], warning),
  question: ({ code, name, rooms }: RollQuestion) => questions[code](name, rooms.map((room) => `${room}室`).join("、")),
  /** Where a fault or a warning is; nothing for the file as a whole. */
  place: ({ line, column }: RollRemark<string>) =>
    [line === null ? "" : `第 ${line} 行`, column ?? ""].filter((part) => part !== "").join(" "),
  source: ({ encoding, separator, sheet }: NonNullable<RollReading["source"]>) =>
    sheet === null
      ? `CSV，${encodings[encoding ?? ""] ?? encoding}，以${separators[separator ?? ""] ?? separator}分隔`
      : `XLSX，工作表“${sheet}”`,
  totals: (units: number, voters: number, area: string) => `${units} 户，${voters} 个业主人数，共 ${area} 平方米`,
} as const;
