import { useCallback, useContext, useEffect, useRef, useState, type RefObject } from "react";
import type { Board, BoardAnswer, BoardPage, PaperChannel } from "#app/domain/board.ts";
import type { Choice } from "#app/domain/tally.ts";
import { board as words } from "#app/i18n/zh-CN/board.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { paths } from "#app/paths.ts";
import { nextPage, nextWithout } from "#app/domain/board.ts";
import { beginWork, drop, goTo, lose, refuse, send, settle, undo, whyNotNow, type Entry, type Work } from "./board-entry.ts";
import type { FieldError } from "./error-summary.tsx";
import { ask } from "./ask.ts";
import { FormToken } from "./form-key.tsx";
import { useLive } from "./use-live.ts";

export interface BoardHands {
  /** Whether scripts run: without them the board is links and a form. */
  on: boolean;
  board: Board;
  work: Work;
  /** What happened last, for everybody to read and for screen readers to say; amber where nothing was recorded. */
  said: { text: string; tone: "jade" | "amber" };
  live: "on" | "lost" | "ended";
  /** The page of paper that is being typed. */
  page: BoardPage | null;
  /** Turns to another page of the stack, or past its last one. */
  turnTo(page: BoardPage | null): void;
  goTo(unit: string): void;
  /** Whether a ballot would be recorded now. */
  mayRecord(choice: Choice): boolean;
  /** Records the choice for the flat at which the clerk is, with what else stands in the form. */
  record(choice: Choice, form: HTMLFormElement): void;
  switchTo(channel: PaperChannel): void;
  undo(): void;
  again(): void;
  drop(): void;
  /** What was typed about a proxy stays with its flat until that ballot is saved, wherever the clerk goes meanwhile. */
  type(unit: string, authorisation: string): void;
  typedFor(unit: string): string | undefined;
}

interface Begin {
  board: Board;
  unit: string | null;
  channel: PaperChannel;
  page: BoardPage | null;
  said: string;
}

/** A key that makes sure that what is sent twice has one effect. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** On a phone the form stands over the building, and whoever works off a stack stays at the form. */
export const isNarrow = () => window.matchMedia("(max-width: 47.99em)").matches;

/** The room of a flat as its door says it. */
export const roomOf = (board: Board, unit: string) => board.flats.find((flat) => flat.unit === unit)?.room ?? unit;
const newestOf = (board: Board, unit: string) => board.flats.find((flat) => flat.unit === unit)?.newest ?? null;

/**
 * What a clerk does at an open board: a ballot is sent at once, without the page being loaded anew, and the board shows
 * what others do in between. The focus moves only from the flat that was recorded to the next one.
 *
 * @param host the element around board and form; focus outside of it is left alone
 */
export function useBoard({ board: begun, unit, channel, page: firstPage, said: saidFirst }: Begin, host: RefObject<HTMLElement>): BoardHands {
  const [on, setOn] = useState(false);
  const [board, setBoard] = useState(begun);
  const [said, setSaid] = useState<BoardHands["said"]>({ text: saidFirst, tone: "jade" });
  const say = useCallback((text: string, tone: "jade" | "amber" = "jade") => setSaid({ text, tone }), []);
  const [work, show] = useState(() => beginWork({ unit, seen: unit === null ? null : newestOf(begun, unit), channel }));
  // Two keys may come before the page is drawn again: what they do depends on what is so now, not on what is shown.
  const now = useRef({ board, work, page: firstPage });
  const [page, showPage] = useState(firstPage);
  const typedFrom = useRef<BoardPage | null>(null);
  const unsaved = useRef<FormData | null>(null);
  const typed = useRef(new Map<string, string>());
  const wanted = useRef<string | null>(null);
  const token = useRef(useContext(FormToken));
  const put = useCallback((next: Work) => {
    now.current.work = next;
    show(next);
  }, []);
  const putBoard = useCallback((next: Board) => {
    now.current.board = next;
    setBoard(next);
  }, []);

  const turnTo = useCallback((next: BoardPage | null) => {
    now.current.page = next;
    showPage(next);
  }, []);

  useEffect(() => setOn(true), []);
  // Whoever comes back, by the browser or after a reload, is at the same flat.
  useEffect(() => {
    if (work.unit !== null) history.replaceState(history.state, "", paths.consultation(begun.code, { room: work.unit, channel: work.channel, page: page?.id }));
  }, [begun.code, work.unit, work.channel, page]);
  const isUnsaved = work.phase.is === "unsaved";
  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnsaved]);
  useEffect(() => {
    if (wanted.current === null) return;
    host.current?.querySelector<HTMLElement>(`[data-room="${CSS.escape(wanted.current)}"]`)?.focus({ preventScroll: isNarrow() || now.current.page !== null });
    wanted.current = null;
  });

  /** Lets the focus follow the clerk's work, unless the clerk has gone on to something else. */
  const follow = useCallback(() => {
    const [at, here] = [document.activeElement, host.current];
    // A button that is switched off hands the focus to what is around it.
    const isHere = at === null || at.contains(here) || here?.contains(at);
    if (isHere && !at?.matches("input:not([type=radio]), textarea")) wanted.current = now.current.work.unit;
  }, [host]);

  const { code } = begun;
  const refresh = useCallback(async (): Promise<"fresh" | "silent" | "signed-out"> => {
    const answer = await ask(paths.consultationBoard(code, now.current.board.shown, now.current.page?.id));
    if (answer.is === "lost") return answer.why;
    if (answer.status === 200) {
      const { board: fresh, formToken } = answer.body as BoardAnswer;
      putBoard(fresh);
      token.current = formToken ?? null;
    }
    return "fresh";
  }, [code, putBoard]);
  const live = useLive(paths.consultationLive(code), refresh);

  const choiceWords = consultationDesk.board.choices;

  const sendOff = async (entry: Entry, body: FormData) => {
    const room = roomOf(now.current.board, entry.unit);
    put(send(now.current.work, entry));
    say(words.saving(room, choiceWords[entry.choice]));
    // Whoever signed in anew meanwhile has a session with another token.
    if (body === unsaved.current) await refresh();
    if (token.current !== null) body.set("form-token", token.current);
    const answer = await ask(paths.consultationBoard(code, now.current.board.shown), body);
    if (answer.is === "lost") {
      unsaved.current = body;
      put(lose(now.current.work, entry, answer.why));
      say(words.unsaved(room, choiceWords[entry.choice]), "amber");
    } else if (answer.status === 200) {
      const { board: fresh, recorded } = answer.body as BoardAnswer;
      putBoard(fresh);
      if (recorded) {
        typed.current.delete(entry.unit);
        put(settle(now.current.work, { ...entry, ...recorded }, nextWithout(fresh.flats, entry.unit), performance.now()));
        say(words.recorded(room, choiceWords[entry.choice], recorded.seq));
        typedFrom.current = now.current.page;
        if (typedFrom.current) turnTo(nextPage(fresh.paper.pages, typedFrom.current.id));
      }
    } else {
      const { reply } = answer.body as { reply: { errors: FieldError[] } };
      await refresh();
      put(refuse(now.current.work, entry.unit, reply.errors, newestOf(now.current.board, entry.unit)));
      say(words.refused(room), "amber");
    }
    follow();
  };

  return {
    on, board, work, said, live, page, turnTo,
    goTo(to) {
      put(goTo(now.current.work, to, newestOf(now.current.board, to)));
    },
    mayRecord: (choice) => whyNotNow(now.current.work, choice, performance.now()) === null,
    record(choice, form) {
      const { work: at } = now.current;
      const why = whyNotNow(at, choice, performance.now());
      if (why !== null || at.unit === null) return say(words.notNow[why ?? "no-flat"], "amber");
      const entry = { unit: at.unit, choice, channel: at.channel };
      const again = at.phase.is === "unsaved" ? unsaved.current : null;
      const body = again ?? new FormData(form);
      if (!again) {
        body.set("choice", choice);
        body.set("form-key", newKey());
      }
      void sendOff(entry, body);
    },
    switchTo(to) {
      put({ ...now.current.work, channel: to });
      say(words.channelNow(consultationDesk.board.channels[to]));
    },
    undo() {
      const { last, phase } = now.current.work;
      if (!last || phase.is !== "ready") return say(words.nothingToUndo, "amber");
      const room = roomOf(now.current.board, last.unit);
      const body = new FormData();
      body.set("seq", String(last.seq));
      body.set("form-key", newKey());
      if (token.current !== null) body.set("form-token", token.current);
      put({ ...now.current.work, phase: { is: "saving", entry: last } });
      void ask(paths.consultationUndo(code, now.current.board.shown), body).then((answer) => {
        if (answer.is === "answered" && answer.status === 200) {
          const { board: fresh } = answer.body as BoardAnswer;
          putBoard(fresh);
          put(undo(now.current.work, { unit: last.unit, newest: newestOf(fresh, last.unit) }, performance.now()));
          say(words.undone(room, choiceWords[last.choice]));
          if (typedFrom.current) turnTo(typedFrom.current);
        } else {
          put(drop(now.current.work));
          const errors = answer.is === "answered" ? (answer.body as { reply: { errors: FieldError[] } }).reply.errors : [];
          say(errors[0]?.message ?? words.notUndone(room), "amber");
        }
        follow();
      });
    },
    again() {
      const { phase } = now.current.work;
      if (phase.is === "unsaved" && unsaved.current) void sendOff(phase.entry, unsaved.current);
    },
    drop() {
      unsaved.current = null;
      put(drop(now.current.work));
      say("");
      follow();
      void refresh();
    },
    type: (at, authorisation) => void typed.current.set(at, authorisation),
    typedFor: (at) => typed.current.get(at),
  };
}
