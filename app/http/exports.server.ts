import { parseArea } from "#app/domain/area.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { Sheet, SheetKind, SheetValue } from "#app/domain/sheet.ts";
import { exportWords } from "#app/i18n/zh-CN/exports.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { sideStateNames, stageNames } from "#app/i18n/zh-CN/stages.ts";
import type { BallotRow, ProgressRow, ResultRow } from "#db/queries/exports.server.ts";

type Kinds<Column extends string> = Record<Column, SheetKind>;

/** A sheet whose columns stand in the order of `kinds`. */
function sheet<Column extends string, Row>(
  name: string,
  kinds: Kinds<Column>,
  labels: Readonly<Record<Column, string>>,
  rows: readonly Row[],
  cellsOf: (row: Row) => Record<Column, SheetValue>,
): Sheet {
  const columns = Object.keys(kinds) as Column[];
  return {
    name,
    columns: columns.map((column) => ({ label: labels[column], kind: kinds[column] })),
    rows: rows.map((row) => {
      const cells = cellsOf(row);
      return columns.map((column) => cells[column]);
    }),
  };
}

/** Each stairwell of a scope with how far it has come. */
export function progressSheet(rows: readonly ProgressRow[]): Sheet {
  const { title, columns } = exportWords.progress;
  return sheet(
    title,
    {
      code: "text", committee: "text", community: "text", building: "text", entrance: "text", floors: "number", flats: "number", area: "area",
      filed: "number", willing: "number", stage: "text", stageSince: "day", sideState: "text", reserveSince: "day", consultation: "text", startedOn: "day", inUseSince: "day",
    },
    columns,
    rows,
    (row) => ({
      ...row,
      stage: stageNames[row.stage],
      stageSince: shanghaiDay(row.stageSince),
      sideState: row.sideState && sideStateNames[row.sideState],
      reserveSince: row.reserveSince && shanghaiDay(row.reserveSince),
      consultation: publicWords.consultationStates[row.consultation],
    }),
  );
}

const hundredths = (area: string | undefined) => (area === undefined ? null : parseArea(area));

/** Each closed consultation of a scope, with the figures of its certificate where there is one. */
export function resultsSheet(rows: readonly ResultRow[]): Sheet {
  const { title, columns, scopes, verdicts } = exportWords.results;
  return sheet(
    title,
    {
      code: "text", scope: "text", committee: "text", community: "text", building: "text", entrance: "text", stairwell: "text", ruleset: "text", source: "text",
      openedAt: "day", closesAt: "day", closedAt: "moment", certifiedAt: "moment", publishedAt: "moment",
      units: "number", heads: "number", area: "area", participatedHeads: "number", participatedArea: "area", agreeHeads: "number", agreeArea: "area", verdict: "text",
    },
    columns,
    rows,
    ({ ruleset, scope, result, openedAt, closesAt, ...row }) => ({
      ...row,
      scope: scopes[scope],
      ruleset: ruleset.title,
      source: ruleset.source,
      openedAt: shanghaiDay(openedAt),
      closesAt: shanghaiDay(closesAt),
      units: result?.roll.units ?? null,
      heads: result?.roll.heads ?? null,
      area: hundredths(result?.roll.area),
      participatedHeads: result?.participated.heads ?? null,
      participatedArea: hundredths(result?.participated.area),
      agreeHeads: result?.agree.heads ?? null,
      agreeArea: hundredths(result?.agree.area),
      verdict: result && verdicts[result.passed ? "passed" : "failed"],
    }),
  );
}

/** Each ballot of a consultation, flat by flat; nobody is named but who recorded it. */
export function ballotsSheet(code: string, rows: readonly BallotRow[]): Sheet {
  const { columns, choices, channels, standings } = exportWords.ballots;
  return sheet(
    code,
    { unit: "text", area: "area", seq: "number", choice: "text", channel: "text", receivedOn: "day", castAt: "moment", recordedBy: "text", standing: "text", why: "text" },
    columns,
    rows,
    (row) => ({ ...row, choice: choices[row.choice], channel: channels[row.channel], standing: standings[row.standing] }),
  );
}
