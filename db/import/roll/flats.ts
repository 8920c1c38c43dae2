import { formatArea } from "#app/domain/area.ts";
import {
  floorOfRoom,
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
} from "./cells.ts";
import type { Header } from "./headers.ts";
import { isName, isUnusualName, readOwners } from "./owners.ts";
import { fault, type Cell, type Row } from "./table.ts";

const TOTALS = /^(?:本页|全部|面积|建筑面积)?(?:合计|总计|小计|共计|累计)/;
const FOOT = /^(?:制表|填表|填报|经办|审核|复核|核对|日期|备注|说明|注[::]|以下空白|居委|盖章|签字|第\d+页)/;
const ALL_SUMS = Number.MAX_SAFE_INTEGER;

const isFault = (value: unknown): value is CellFault => typeof value === "object" && value !== null && "fault" in value;

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
  #all = { rows: 0, area: 0, unread: false };
  #section = { rows: 0, area: 0, unread: false };

  constructor(header: Header, separator: string | null) {
    this.#header = header;
    this.#separator = separator;
  }

  /** Rows of flats met so far, whether they could be read or not. */
  get rows(): number {
    return this.#all.rows;
  }

  read(row: Row): void {
    const cells = this.#cellsOf(row);
    const label = row.cells.map((cell) => cell.text.replace(/\s/g, "")).find((text) => text !== "") ?? "";
    if (this.#header.texts.every((text, i) => text === (row.cells[i]?.text.trim() ?? ""))) return;
    if (TOTALS.test(label)) return this.#checkTotals(row.line, cells);
    const named = (["room", "area", "owner"] as const).filter((field) => cells[field].text.trim() !== "");
    const isFoot = named.length === 0 || (FOOT.test(label) && cells.area.text.trim() === "");
    if (isFoot) this.#warn("line_ignored", row.line, null, label);
    else this.#readFlat(row, cells);
  }

  #cellsOf(row: Row): Cells {
    const cellOf = (field: RollField): Cell => {
      const filled = this.#header.columns[field]
        .map((i) => row.cells[i])
        .filter((cell): cell is Cell => cell !== undefined && cell.text.trim() !== "");
      const [first] = filled;
      if (first === undefined) return { text: "", number: false };
      return filled.length === 1 ? first : { text: filled.map((cell) => cell.text.trim()).join("、"), number: false };
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
  #checkCells(row: Row, cells: Cells): void {
    for (const [field, cell] of Object.entries(cells) as [RollField, Cell][]) {
      const { text, removed, hasControl } = cleanText(cell.text);
      cell.text = text;
      if (removed.length > 0) this.#warn("invisible_removed", row.line, field, text, removed.join(" "));
      if (hasControl) this.#fault("forbidden_character", row.line, field, text);
      if ([...text].length > ROLL_LIMITS.cellCharacters) {
        this.#fault("cell_too_long", row.line, field, text, ROLL_LIMITS.cellCharacters);
        cell.text = "";
      } else if (this.#separator !== null && text.includes("\n") && text.includes(this.#separator)) {
        // A quotation mark that was not closed has swallowed whole lines of the file.
        this.#fault("runs_over_lines", row.line, field, text);
      }
    }
    const beyond = row.cells.slice(this.#header.width).map((cell) => cell.text.trim()).filter((text) => text !== "");
    if (this.#separator !== null && beyond.length > 0) this.#fault("too_many_cells", row.line, null, beyond.join("、"));
  }

  #readFlat(row: Row, raw: Cells): void {
    const faultsBefore = this.faults.length;
    const cells = structuredClone(raw);
    this.#checkCells(row, cells);
    const room = this.#readRoom(row.line, cells.room);
    const area = this.#readArea(row.line, cells.area);
    const floor = this.#readFloor(row.line, cells.floor, room);
    const areaSource = this.#readAreaSource(row.line, cells.areaSource);
    const people = this.#readPeople(row.line, cells);
    if (room === null || area === null || people === null || this.faults.length > faultsBefore) return;
    const note = cells.note.text === "" ? null : cells.note.text;
    this.flats.push({ room, floor, area, areaSource, ...people, note, line: row.line });
  }

  #readRoom(line: number, cell: Cell): string | null {
    const read = readRoom(cell.text);
    if (isFault(read)) {
      this.#fault(read.fault, line, "room", cell.text);
      return null;
    }
    const first = this.#lineOfRoom.get(read.room);
    if (this.#entrance !== "" && read.entrance !== "" && read.entrance !== this.#entrance) {
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
    this.#all.rows += 1;
    this.#section.rows += 1;
    if (isFault(area)) {
      this.#fault(area.fault, line, "area", cell.text, area.other);
      this.#all.unread = true;
      this.#section.unread = true;
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
    const { owners: named, tenant, shareIgnored } = readOwners(cells.owner.text);
    if (named.length === 0) {
      this.#fault("empty", line, "owner", cells.owner.text);
    }
    const bad = named.find((owner) => !isName(owner.name));
    if (bad) this.#fault("not_a_name", line, "owner", cells.owner.text);
    else if (named.some(isUnusualName)) this.#warn("name_unusual", line, "owner", cells.owner.text);
    if (shareIgnored) this.#warn("share_ignored", line, "owner", cells.owner.text);

    const phones = this.#readPhones(line, cells.phone);
    const owners: RollOwner[] = named.map((owner) => ({ ...owner, idNumber: null, idTail: null, phone: null }));
    const isLet = tenant !== null && owners.every((owner) => owner.kind === "public");
    this.#identify(line, cells.id, owners, isLet);
    if (isLet) {
      return { owners, tenant: { name: tenant, phone: phones[0] ?? null } };
    }
    phones.slice(0, owners.length).forEach((phone, i) => {
      const owner = owners[i];
      if (owner) owner.phone = phone;
    });
    if (owners.length > 0 && phones.length > owners.length) {
      this.#warn("phone_ignored", line, "phone", phones.slice(owners.length).filter(Boolean).join("、"));
    }
    if (owners.length === 0 || bad) return null;
    return { owners, tenant: tenant === null ? null : { name: tenant, phone: null } };
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

  #identify(line: number, cell: Cell, owners: RollOwner[], isLet: boolean): void {
    const parts = splitSeveral(cell.text);
    if (parts.length === 0 || owners.length === 0) return;
    if (isLet) return this.#warn("tenant_id_ignored", line, "id", cell.text);
    const read = parts.map((part) => {
      if (isBlank(part)) return null;
      const identity = readIdentity(part, cell);
      if (!isFault(identity)) return identity;
      this.#fault(identity.fault, line, "id", part);
      return null;
    });
    if (parts.length !== owners.length) return this.#warn("id_count", line, "id", cell.text, owners.length);
    owners.forEach((owner, i) => {
      const identity = read[i];
      if (!identity) return;
      owner.idNumber = identity.idNumber;
      owner.idTail = identity.idTail;
      const isOfPerson = owner.kind === "person" || identity.warning !== "id_check_digit";
      if (identity.warning && isOfPerson) this.#warn(identity.warning, line, "id", parts[i] ?? "");
    });
  }

  /** A totals row counts the whole roll or the rows since the last such row; the label tells not reliably which. */
  #checkTotals(line: number, cells: Cells): void {
    const [all, section] = [this.#all, this.#section];
    this.#section = { rows: 0, area: 0, unread: false };
    const stated = readArea(cells.area.text.trim(), ALL_SUMS);
    if (isFault(stated)) {
      this.#warn("total_not_read", line, "area", cells.area.text);
    } else if (stated !== all.area && stated !== section.area && !all.unread) {
      this.#fault("total_mismatch", line, "area", formatArea(stated), formatArea(all.area));
    }
    const count = cells.room.text.normalize("NFKC").trim().replace(/[户套]$/, "");
    if (/^\d+$/.test(count) && Number(count) !== all.rows && Number(count) !== section.rows) {
      this.#warn("count_mismatch", line, "room", cells.room.text, all.rows);
    }
  }
}
