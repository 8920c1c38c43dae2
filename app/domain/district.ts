/** The seven files of a whole district (街道), in the order in which they are read and in which faults are listed. */
export const districtFiles = [
  "communities.csv",
  "stairwells.csv",
  "units.csv",
  "intents.csv",
  "consultations.csv",
  "ballots.csv",
  "lifts.csv",
] as const;
export type DistrictFile = (typeof districtFiles)[number];

export type DistrictFaultCode =
  // of a cell
  | "empty"
  | "not_a_code"
  | "not_a_whole_number"
  | "not_an_area"
  | "not_a_coordinate"
  | "not_a_day"
  | "out_of_range"
  | "too_early"
  | "in_the_future"
  | "not_one_of"
  | "too_long"
  | "unreadable"
  // of a file as a whole
  | "file_missing"
  | "file_empty"
  | "file_malformed"
  | "column_missing"
  | "column_unknown"
  | "column_twice"
  | "cell_count"
  // between the cells of a row
  | "coordinate_half"
  | "rule_not_in_force"
  | "closed_before_opened"
  | "in_use_before_start"
  // between rows
  | "repeated"
  | "unknown_reference"
  | "differs_from_line"
  | "not_on_roll"
  | "before_opening"
  | "after_close"
  | "overlaps"
  | "no_flats"
  | "unresolved"
  // against what is stored
  | "differs_from_stored"
  | "of_other_subdistrict"
  | "place_taken"
  | "another_running"
  | "already_certified";

export interface DistrictFault {
  file: DistrictFile;
  /** As an editor counts, the header being line 1; null for the file as a whole. */
  line: number | null;
  column: string | null;
  code: DistrictFaultCode;
  /** As found in the file. */
  value: string;
  /** The other side of the fault: a limit, the line of the first of two, what is stored. */
  other: string | null;
}

/** What an import is at: reading one of the files, then storing what they say. */
export type DistrictStep = DistrictFile | "register" | "intents" | "consultations" | "projects" | "log" | "finish";

/** What a subdistrict has after an import. */
export interface DistrictCounts {
  communities: number;
  stairwells: number;
  flats: number;
  owners: number;
  intents: number;
  consultations: number;
  ballots: number;
  inReserve: number;
  passed: number;
  failed: number;
  inUse: number;
}
