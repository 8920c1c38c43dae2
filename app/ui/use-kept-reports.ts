import { useCallback, useContext, useEffect, useRef, useState } from "react";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { ask, PATIENCE_WITH_PHOTOS } from "./ask.ts";
import type { Reply } from "./checked-form.tsx";
import { FormToken } from "./form-key.tsx";
import { forgetReport, keepReport, listKept, readReport, toForm, type KeptReport } from "./kept-reports.ts";

/** How long until what is kept is tried again, in ms. */
const AGAIN_AFTER = 30_000;

/** What a report is at that was not taken in: no answer came, the session is over, or it was refused. */
export type KeptState = "silent" | "signed-out" | "refused";

export interface KeptReports {
  /** Whether the page's scripts run and the phone keeps something. */
  ready: boolean;
  sending: boolean;
  kept: readonly { key: string; writtenAt: number; state: KeptState; reason: string | null }[];
  /** Keeps what the form says and sends it: taken in or waiting now, refused for what can be put right at once, or for the browser to send itself. */
  send(form: HTMLFormElement): Promise<"kept" | "native" | Reply>;
  forget(key: string): Promise<void>;
  again(): void;
}

const replyOf = (body: unknown): Reply | null => (body as { reply?: Reply }).reply ?? null;

/**
 * Reports that wait on the phone for a network: kept before they are sent, sent in the order of writing, forgotten once
 * they are taken in.
 *
 * @param onSent is told when all that was kept has been taken in
 */
export function useKeptReports({ url, stairwell, account, onSent }: { url: string; stairwell: string; account: string; onSent: () => void }): KeptReports {
  const [kept, setKept] = useState<KeptReports["kept"]>([]);
  const [ready, setReady] = useState(false);
  const [sending, setSending] = useState(false);
  const busy = useRef(false);
  const token = useRef(useContext(FormToken));
  const refused = useRef(new Map<string, Reply | null>());

  const show = useCallback(
    (reports: readonly KeptReport[], lost: KeptState) =>
      setKept(
        reports.map(({ key, writtenAt }) => ({
          key, writtenAt, state: refused.current.has(key) ? "refused" : lost, reason: refused.current.get(key)?.errors[0]?.message ?? null,
        })),
      ),
    [],
  );

  const sendAll = useCallback(async (): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setSending(true);
    try {
      let sent = 0;
      let lost: KeptState = "silent";
      for (const report of await listKept(stairwell, account)) {
        if (refused.current.has(report.key)) continue;
        const asked = await ask(url, toForm(report, token.current), PATIENCE_WITH_PHOTOS);
        if (asked.is === "lost") {
          lost = asked.why;
          break;
        }
        if (asked.status === 200) {
          await forgetReport(report.key);
          sent++;
        } else refused.current.set(report.key, replyOf(asked.body));
      }
      const left = await listKept(stairwell, account);
      show(left, lost);
      if (sent > 0 && left.length === 0) onSent();
    } finally {
      busy.current = false;
      setSending(false);
    }
  }, [url, stairwell, account, onSent, show]);

  useEffect(() => {
    let over = false;
    const look = () => {
      if (!document.hidden) void listKept(stairwell, account).then((waiting) => (waiting.length > 0 ? sendAll() : undefined), () => {});
    };
    void listKept(stairwell, account).then(
      (waiting) => {
        if (over) return;
        setReady(true);
        show(waiting, "silent");
        look();
      },
      () => {},
    );
    const timer = setInterval(look, AGAIN_AFTER);
    addEventListener("online", look);
    return () => {
      over = true;
      clearInterval(timer);
      removeEventListener("online", look);
    };
  }, [stairwell, account, sendAll, show]);

  const forget = async (key: string) => {
    refused.current.delete(key);
    await forgetReport(key);
    show(await listKept(stairwell, account), "silent");
  };

  return {
    ready, sending, kept,
    async send(form) {
      const { fields, photos } = await readReport(form);
      const key = fields.find(([name]) => name === "form-key")?.[1] ?? "";
      const now = new Date();
      const dated = fields.map(([name, value]): [string, string] => [name, name === "onDay" ? shanghaiDay(now) : value]);
      try {
        await keepReport({ key, stairwell, account, fields: dated, photos, writtenAt: now.getTime() });
      } catch {
        return "native";
      }
      await sendAll();
      const reply = refused.current.get(key);
      if (!reply) return "kept";
      await forget(key);
      return reply;
    },
    forget,
    again: () => {
      refused.current.clear();
      void sendAll();
    },
  };
}
