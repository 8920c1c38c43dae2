import { useEffect, useRef, type KeyboardEvent, type MouseEvent, type FocusEvent, type FormEvent } from "react";
import { flushSync } from "react-dom";
import { UNDO_MINUTES } from "#app/domain/ballot-end.ts";
import { flatsMeant, standing, type Board as BoardData, type BoardFlat as Flat, type BoardPage, type PaperChannel } from "#app/domain/board.ts";
import type { Choice } from "#app/domain/tally.ts";
import { assisted } from "#app/i18n/zh-CN/assisted.ts";
import { board as words } from "#app/i18n/zh-CN/board.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { dayOf as shanghaiDayOf, deadline } from "#app/i18n/zh-CN/dates.ts";
import { plans } from "#app/i18n/zh-CN/plans.ts";
import { paper } from "#app/i18n/zh-CN/paper.ts";
import { paths } from "#app/paths.ts";
import { actionOf } from "./board-keys.ts";
import { Board, fromTheTop, type BoardState } from "./board.tsx";
import { BoardStanding, BoardSums, namedFlats } from "./board-sums.tsx";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { FindFlat, StairwellList } from "./find-flat.tsx";
import { KeyTable } from "./key-table.tsx";
import { Stack } from "./layout.tsx";
import { WayOn } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { PaperPage } from "./paper-page.tsx";
import { PortalPage } from "./portal-page.tsx";
import { authorisationField, RecordCard } from "./record-card.tsx";
import { isNarrow, useBoard } from "./use-board.ts";

export interface ConsultationBoardProps {
  board: BoardData;
  /** The flat that was asked for. */
  selected: string | null;
  /** The flat whose ballot has just been recorded without scripts. */
  saved: string | null;
  /** The flat whose ballot has just been taken back without scripts. */
  undone: string | null;
  /** The ballot that this clerk recorded last, as long as it can be taken back. */
  last: { seq: number; unit: string; room: string; choice: Choice } | null;
  /** How many phones were told of it, where it was filed for an owner. */
  told: number | null;
  channel: PaperChannel;
  /** The page of paper that is to be typed. */
  page: BoardPage | null;
  /** Flats that may be meant by what was typed; none, one is gone to at once. */
  found: { typed: string; flats: readonly { unit: string; stairwell: string }[] } | null;
  today: string;
  formKey: string;
  reply: Reply | undefined;
}

const stateOf = ({ choice, waitingChoice, pendingVoid }: Flat): BoardState => (pendingVoid || waitingChoice ? "waiting" : (choice ?? "missing"));

function textOf({ waitingChoice, pendingVoid }: Flat): string | undefined {
  const { voidPending, unchecked, choices } = consultationDesk.board;
  if (pendingVoid) return voidPending;
  return waitingChoice ? unchecked(choices[waitingChoice]) : undefined;
}

/** The floors as they are drawn, each flat in its column. */
function floorsOf(flats: readonly Flat[]): { floor: number; flats: Flat[] }[] {
  return [...new Set(flats.map(({ floor }) => floor))].map((floor) => ({ floor, flats: flats.filter((flat) => flat.floor === floor) }));
}

/** What was recorded or taken back before the page was loaded, for whoever works without scripts. */
function saidBefore({ board, saved, undone, told }: ConsultationBoardProps): string {
  const back = board.flats.find((one) => one.unit === undone);
  if (back) return words.undoneBefore(back.room);
  const flat = board.flats.find((one) => one.unit === saved);
  const has = flat && standing(flat);
  if (!flat || !has) return "";
  return words.recorded(flat.room, consultationDesk.board.choices[has.choice], flat.newest ?? 0) + (told === null ? "" : assisted.told(told));
}

/**
 * The clerk's screen: the building with a cell for each flat, the ballot of the chosen flat beside it, and how the
 * consultation stands. Without scripts links and a form; with them everything by keyboard too, saved without a new page.
 */
export function ConsultationBoard(props: ConsultationBoardProps) {
  const host = useRef<HTMLDivElement>(null);
  const form = useRef<HTMLDivElement>(null);
  const help = useRef<HTMLDetailsElement>(null);
  const hands = useBoard(
    { board: props.board, unit: props.reply?.values["room"] ?? props.selected, channel: channelOf(props), page: props.page, said: saidBefore(props) },
    host,
  );
  const { on, board, work, live } = hands;
  const text = consultationDesk.board;
  const open = board.state === "open" || board.state === "due";
  const at = board.flats.find(({ unit }) => unit === work.unit);
  const floors = floorsOf(board.flats);
  const missing = board.flats.filter((flat) => standing(flat) === null);
  const several = board.stairwells.length > 1;

  // Whoever comes for a flat or a page of paper can go on by keyboard at once; what the person has focused already stays so.
  const begins = props.reply ? null : props.selected;
  useEffect(() => {
    if (begins === null || document.activeElement !== document.body) return;
    host.current?.querySelector<HTMLElement>(`[data-room="${CSS.escape(begins)}"]`)?.focus({ preventScroll: true });
  }, [begins]);

  // Whoever types from a page keeps it in sight.
  const focusOn = (unit: string | null | undefined) =>
    host.current?.querySelector<HTMLElement>(`[data-room="${CSS.escape(unit ?? "")}"]`)?.focus({ preventScroll: hands.page !== null });
  const findField = () => host.current?.querySelector<HTMLInputElement>("[name=find]");
  const record = (choice: string) =>
    host.current?.querySelector<HTMLButtonElement>(`button[name=choice][value=${choice}]`)?.form?.requestSubmit(
      host.current.querySelector<HTMLButtonElement>(`button[name=choice][value=${choice}]`),
    );

  const press = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    if (!on || !open) return;
    if (target.matches("input:not([type=radio]), textarea, select")) {
      if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
      event.preventDefault();
      return focusOn(work.unit ?? board.flats[0]?.unit);
    }
    const columns = Math.max(...floors.map(({ flats }) => flats.length));
    const grid = fromTheTop(floors).map(({ flats }) => Array.from({ length: columns }, (_, column) => flats[column]?.unit ?? null));
    const action = actionOf(event.nativeEvent, { grid, at: target.closest<HTMLElement>("[data-room]")?.dataset["room"] ?? null });
    if (!action) return;
    event.preventDefault();
    switch (action.do) {
      case "focus":
        return focusOn(action.room);
      case "record":
        return record(action.choice);
      case "channel":
        // Drawn before the next key is read: that one may already belong to the written authorisation, which a proxy needs first.
        flushSync(() => hands.switchTo(action.channel));
        return action.channel === "proxy" ? authorisationField(host.current)?.focus() : undefined;
      case "find":
        return findField()?.select();
      case "undo":
        return hands.undo();
      case "again":
        return hands.again();
      case "help":
        if (help.current) help.current.open = !help.current.open;
        return;
      case "leave":
        return document.getElementById("content")?.focus();
    }
  };
  const click = (event: MouseEvent<HTMLElement>) => {
    const flat = (event.target as HTMLElement).closest<HTMLElement>("a[data-room]");
    if (!on || !open || !flat || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    hands.goTo(flat.dataset["room"] ?? "");
    if (isNarrow()) form.current?.scrollIntoView();
  };
  const focus = (event: FocusEvent<HTMLElement>) => {
    const flat = event.target.closest<HTMLElement>("[data-room]");
    if (on && open && flat) hands.goTo(flat.dataset["room"] ?? "");
  };
  const find = (event: FormEvent<HTMLFormElement>) => {
    const [meant, ...others] = flatsMeant(board.flats, findField()?.value ?? "");
    if (!on || !open || !meant || others.length > 0) return;
    event.preventDefault();
    const field = findField();
    if (field) field.value = "";
    focusOn(meant.unit);
  };

  return (
    <PortalPage
      desk
      phone={board.phone}
      crumbs={[{ label: board.name, href: paths.deskStairwell(board.stairwell) }, { label: consultationDesk.numbered(board.code) }]}
      title={{
        title: consultationDesk.title,
        badges: [
          { tone: board.state === "open" ? "blue" : "amber", children: consultationDesk.states[board.state] },
          { tone: "neutral", children: consultationDesk.closes(deadline(board.closesAt)) },
          ...(board.plan ? [{ tone: "neutral" as const, children: plans.version(board.plan) }] : []),
        ],
      }}
    >
      <div className="desk-board" ref={host} onKeyDown={press} onClick={click} onFocus={focus}>
        <Stack>
          {several && <StairwellList board={board} />}
          {open && <FindFlat code={board.code} stairwell={several ? board.shown : undefined} page={hands.page?.id} found={props.found} keys={on} onSubmit={find} />}
          {open && hands.page && <PaperPage code={board.code} page={hands.page} paper={board.paper} unit={work.unit} onTurn={on ? hands.turnTo : undefined} />}
          {open && props.page && !hands.page && (
            <Notice kind="success" title={paper.stackDone}>
              <WayOn href={paths.paper(board.code)}>{paper.one.all}</WayOn>
            </Notice>
          )}
          <Board
            caption={text.caption}
            floors={floors.map(({ floor, flats }) => ({
              floor,
              flats: flats.map((flat) => ({
                room: flat.room,
                unit: flat.unit,
                state: stateOf(flat),
                ...(textOf(flat) && { text: textOf(flat) }),
                href: open ? paths.consultation(board.code, { room: flat.unit, channel: work.channel, page: hands.page?.id }) : paths.ballotHistory(board.code, flat.unit),
                selected: open && flat.unit === work.unit,
              })),
            }))}
            legend={text.legend}
            car={{ have: board.flats.length - missing.length, of: board.flats.length }}
            enter={on && open ? (work.unit ?? board.flats[0]?.unit) : undefined}
          />
          <p>{open ? text.note : text.finished}</p>
          {open && <p>{missing.length > 0 ? text.notReturned(namedFlats(first(missing))) : text.allReturned}</p>}
          {on && open && <KeyTable keys={words.keyList} fold={help} />}
          <BoardSums board={board} />
        </Stack>
        <div className="desk-board-side">
          <div ref={form}>
            <Stack>
              {live !== "on" && <Notice kind="warning" title={words.live[live]} />}
              {open && !at && <Notice title={text.pick} />}
              {open && at && <RecordCard hands={hands} flat={at} receivedOn={latestOf(props.today, board.closesAt)} today={props.today} formKey={props.formKey} reply={props.reply} />}
              {open && !on && props.last && <TakeBack code={board.code} last={props.last} formKey={props.formKey} />}
            </Stack>
          </div>
          <Stack>
            <BoardStanding board={board} />
          </Stack>
        </div>
      </div>
    </PortalPage>
  );
}

/** The way back from the last ballot without scripts; with them it stands at the flat. */
function TakeBack({ code, last, formKey }: { code: string; last: NonNullable<ConsultationBoardProps["last"]>; formKey: string }) {
  return (
    <Card title={words.lastTitle}>
      <p>{words.last(last.room, consultationDesk.board.choices[last.choice], last.seq)}</p>
      <PlainForm formKey={`${formKey}-undo`} action={paths.ballotHistory(code, last.unit)}>
        <input type="hidden" name="seq" value={last.seq} />
        <Button name="step" value="undo">
          {words.undo}
        </Button>
      </PlainForm>
      <p>{consultationDesk.history.undoHint(UNDO_MINUTES)}</p>
    </Card>
  );
}

const channelOf = ({ reply, channel }: ConsultationBoardProps): PaperChannel => {
  const typed = reply?.values["channel"];
  return typed === "assisted" || typed === "proxy" || typed === "paper" ? typed : channel;
};

/** The first of the flats by name, and their number. */
const first = (flats: readonly Flat[]) => ({ units: flats.slice(0, 8).map(({ room }) => room), count: flats.length });

/** What came in up to the deadline is recorded after it too. */
function latestOf(today: string, closesAt: string): string {
  const last = shanghaiDayOf(closesAt);
  return today < last ? today : last;
}

