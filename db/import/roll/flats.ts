import { formatArea } from "#app/domain/area.ts";
import {
  floorOfRoom,
  REQUIRED_ROLL_FIELDS,
  ROLL_COLUMNS,
  ROLL_LIMITS,
  type RollFault,
  type RollFaultCode,
  type RollField,
  type RollFlat,
  type RollOwner,
  type RollWarning,
  type RollWarningCode,
} from "#app/domain/roll.ts";
import {
  cleanText,
  isBlank,
  readArea,
  readAreaSource,
  readFloor,
  readIdentity,
  readPhone,
  readRoom,
  splitSeveral,
  type CellFault,
  type Identity,
} from "./cells.ts";
import type { Header } from "./headers.ts";
import { isName, isUnusualName, readOwners } from "./owners.ts";
import { fault, type Cell, type Row } from "./table.ts";

const TOTALS = /^(?:本页|全部|面积|建筑面积)?(?:合计|总计|小计|共计|累计)[:：]?(?:面积|户数|共?\d+户)?[:：]?$/;
const FOOT = /^(?:制表|填表|填报|经办|审核|复核|核对|日期|备注|说明|注[::]|以下空白|居委|盖章|签字|第\d+页)/;
const ALL_SUMS = Number.MAX_SAFE_INTEGER;

const isFault = (value: unknown): value is CellFault => typeof value === "object" && value !== null && "fault" in value;

const FIELDS = Object.keys(ROLL_COLUMNS) as RollField[];
type Cells = Record<RollField, Cell>;

/** Reads the rows below a header into flats; keeps count for the totals rows that it meets. */
export class FlatReader {
  readonly flats: RollFlat[] = [];
  readonly faults: RollFault[] = [];
  readonly warnings: RollWarning[] = [];
  readonly #header: Header;
  readonly #separator: string | null;
  readonly #lineOfRoom = new Map<string, number>();
  #entrance = "";
  #floorAbove: number | null = null;
  #isAreaUnread = false;
  #all = { rows: 0, area: 0 };
  #section = { rows: 0, area: 0 };

  constructor(header: Header, separator: string | null) {
    this.#header = header;
    this.#separator = separator;
  }

  /** Rows of flats met so far, whether they could be read or not. */
  get rows(): number {
    return this.#all.rows;
  }

  read(row: Row): void {
    const texts = row.cells.map((cell) => cell.text.trim());
    const isHeaderAgain = this.#header.texts.every((text, i) => text === (texts[i] ?? ""));
    if (isHeaderAgain) return;
    this.#checkLines(row);
    const cells = this.#cellsOf(row);
    const labels = texts.map((text) => text.replace(/\s/g, "")).filter((text) => text !== "");
    if (labels.some((label) => TOTALS.test(label))) return this.#checkTotals(row.line, cells);
    const isFoot = FOOT.test(labels[0] ?? "") && cells.area.text === "";
    const isFlat = REQUIRED_ROLL_FIELDS.some((field) => cells[field].text !== "") && !isFoot;
    if (!isFlat) return this.#warn("line_ignored", row.line, null, labels.join(" "));
    this.#all.rows += 1;
    this.#section.rows += 1;
    const faultsBefore = this.faults.length;
    this.#checkRow(row, cells);
    const flat = this.#readFlat(row.line, cells);
    if (flat !== null && this.faults.length === faultsBefore) this.flats.push(flat);
  }

  #cellsOf(row: Row): Cells {
    const cellOf = (field: RollField): Cell => {
      const filled = this.#header.columns[field]
        .flatMap((i) => row.cells[i] ?? [])
        .filter((cell) => cell.text.trim() !== "");
      const text = filled.map((cell) => cell.text.trim()).join("、");
      return { text, number: filled.length === 1 && filled.every((cell) => cell.number) };
    };
    return {
      room: cellOf("room"),
      floor: cellOf("floor"),
      area: cellOf("area"),
      areaSource: cellOf("areaSource"),
      owner: cellOf("owner"),
      id: cellOf("id"),
      phone: cellOf("phone"),
      note: cellOf("note"),
    };
  }

  #fault(code: RollFaultCode, line: number, field: RollField | null, value: string, other?: string | number): void {
    this.faults.push(fault(code, line, field && ROLL_COLUMNS[field], value, other));
  }

  #warn(code: RollWarningCode, line: number, field: RollField | null, value: string, other?: string | number): void {
    this.warnings.push(fault(code, line, field && ROLL_COLUMNS[field], value, other));
  }

  /** Cleans the cells of a flat and refuses what no cell may hold. */
  #checkRow(row: Row, cells: Cells): void {
    for (const field of FIELDS) {
      const cell = cells[field];
      const { text, removed, hasControl } = cleanText(cell.text);
      if (removed.length > 0) this.#warn("invisible_removed", row.line, field, text, removed.join(" "));
      if (hasControl) this.#fault("forbidden_character", row.line, field, text);
      const characters = [...text];
      const isTooLong = characters.length > ROLL_LIMITS.cellCharacters;
      if (isTooLong) this.#fault("cell_too_long", row.line, field, text, ROLL_LIMITS.cellCharacters);
      cell.text = isTooLong ? characters.slice(0, ROLL_LIMITS.cellCharacters).join("") : text;
    }
    const beyond = row.cells.slice(this.#header.width).map((cell) => cell.text.trim());
    if (this.#separator !== null && beyond.some((text) => text !== "")) {
      this.#fault("too_many_cells", row.line, null, beyond.join(" ").trim());
    }
  }

  /** Refuses a cell in which a quotation mark that was not closed has swallowed whole lines of the file. */
  #checkLines(row: Row): void {
    const separator = this.#separator;
    if (separator === null) return;
    row.cells.forEach((cell, i) => {
      const [, ...further] = cell.text.split("\n");
      if (!further.some((line) => line.split(separator).length >= REQUIRED_ROLL_FIELDS.length)) return;
      const field = FIELDS.find((one) => this.#header.columns[one].includes(i)) ?? null;
      this.#fault("runs_over_lines", row.line, field, cell.text);
    });
  }

  #readFlat(line: number, cells: Cells): RollFlat | null {
    const room = this.#readRoom(line, cells.room);
    const area = this.#readArea(line, cells.area);
    const floor = this.#readFloor(line, cells.floor, room);
    const areaSource = this.#readAreaSource(line, cells.areaSource);
    const people = this.#readPeople(line, cells);
    if (room === null || area === null || people === null) return null;
    const note = cells.note.text === "" ? null : cells.note.text;
    return { room, floor, area, areaSource, ...people, note, line };
  }

  #readRoom(line: number, cell: Cell): string | null {
    const read = readRoom(cell.text);
    if (isFault(read)) {
      this.#fault(read.fault, line, "room", cell.text);
      return null;
    }
    const first = this.#lineOfRoom.get(read.room);
    const isSameEntrance = this.#entrance.endsWith(read.entrance) || read.entrance.endsWith(this.#entrance);
    if (!isSameEntrance) {
      this.#fault("other_entrance", line, "room", cell.text, this.#entrance);
    } else if (first !== undefined) {
      this.#fault("duplicate", line, "room", cell.text, first);
    } else {
      this.#lineOfRoom.set(read.room, line);
    }
    this.#entrance ||= read.entrance;
    return read.room;
  }

  #readArea(line: number, cell: Cell): number | null {
    const area = readArea(cell.text);
    if (isFault(area)) {
      this.#fault(area.fault, line, "area", cell.text, area.other);
      this.#isAreaUnread = true;
      return null;
    }
    this.#all.area += area;
    this.#section.area += area;
    return area;
  }

  #readAreaSource(line: number, cell: Cell) {
    const source = cell.text === "" ? this.#header.areaSource : readAreaSource(cell.text);
    if (cell.text !== "" && source === null) this.#warn("area_source_not_read", line, "areaSource", cell.text);
    return source;
  }

  /** A floor left blank is the room's own, or else, as in cells merged downwards, the one above. */
  #readFloor(line: number, cell: Cell, room: string | null): number | null {
    const told = room === null ? null : floorOfRoom(room);
    if (cell.text === "") return told ?? this.#floorAbove;
    const floor = readFloor(cell.text);
    this.#floorAbove = floor;
    if (floor === null) this.#warn("floor_not_read", line, "floor", cell.text);
    else if (told !== null && told !== floor) this.#warn("floor_differs", line, "floor", cell.text, told);
    return floor ?? told;
  }

  #readPeople(line: number, cells: Cells): Pick<RollFlat, "owners" | "tenant"> | null {
    const written = cells.owner.text;
    const { owners: named, tenant, shareIgnored } = readOwners(written);
    const names = [...named.map((owner) => owner.name), ...(tenant === null ? [] : [tenant])];
    if (named.length === 0) this.#fault("empty", line, "owner", written);
    if (!names.every(isName)) this.#fault("not_a_name", line, "owner", written);
    else if (named.some(isUnusualName)) this.#warn("name_unusual", line, "owner", written);
    if (shareIgnored) this.#warn("share_ignored", line, "owner", written);

    const phones = this.#readPhones(line, cells.phone);
    const isLet = tenant !== null && named.every((owner) => owner.kind === "public");
    const ids = this.#readIds(line, cells.id, named.length, isLet);
    const owners = named.map((owner, i): RollOwner => {
      const { idNumber = null, idTail = null, warning = null } = ids[i] ?? {};
      // A company's number follows another rule.
      const isWarned = warning !== null && (warning !== "id_check_digit" || owner.kind === "person");
      if (isWarned) this.#warn(warning, line, "id", cells.id.text, owner.name);
      return { ...owner, idNumber, idTail, phone: isLet ? null : phones[i] ?? null };
    });
    const further = phones.slice(isLet ? 1 : owners.length).filter((phone) => phone !== null);
    if (further.length > 0) this.#warn("phone_ignored", line, "phone", further.join("、"));
    if (owners.length === 0) return null;
    return { owners, tenant: tenant === null ? null : { name: tenant, phone: isLet ? phones[0] ?? null : null } };
  }

  #readPhones(line: number, cell: Cell): (string | null)[] {
    return splitSeveral(cell.text).map((part) => {
      if (isBlank(part)) return null;
      const phone = readPhone(part);
      if (!isFault(phone)) return phone;
      this.#fault(phone.fault, line, "phone", part);
      return null;
    });
  }

  /** The IDs of a row, one for each owner; none where it is open whose they are. */
  #readIds(line: number, cell: Cell, owners: number, isLet: boolean): (Identity | null)[] {
    const parts = splitSeveral(cell.text);
    if (parts.length === 0) return [];
    if (isLet) {
      this.#warn("tenant_id_ignored", line, "id", cell.text);
      return [];
    }
    const ids = parts.map((part) => {
      if (isBlank(part)) return null;
      const id = readIdentity(part, cell);
      if (!isFault(id)) return id;
      this.#fault(id.fault, line, "id", part);
      return null;
    });
    if (ids.length === owners) return ids;
    this.#warn("id_count", line, "id", cell.text, owners);
    return [];
  }

  /** A totals row counts the whole roll or the rows since the last such row; the label tells not reliably which. */
  #checkTotals(line: number, cells: Cells): void {
    const [all, section] = [this.#all, this.#section];
    this.#section = { rows: 0, area: 0 };
    const stated = readArea(cells.area.text.trim(), ALL_SUMS);
    if (isFault(stated)) {
      this.#warn("total_not_read", line, "area", cells.area.text);
    } else if (stated !== all.area && stated !== section.area && !this.#isAreaUnread) {
      this.#fault("total_mismatch", line, "area", formatArea(stated), formatArea(all.area));
    }
    const count = cells.room.text
      .normalize("NFKC")
      .trim()
      .replace(/[户套]$/, "");
    if (/^\d+$/.test(count) && Number(count) !== all.rows && Number(count) !== section.rows) {
      this.#warn("count_mismatch", line, "room", cells.room.text, all.rows);
    }
  }
}
