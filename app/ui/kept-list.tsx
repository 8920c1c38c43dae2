import { shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { ui } from "#app/i18n/zh-CN/ui.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { Actions, Stack } from "./layout.tsx";
import { WayOn } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import type { KeptReports } from "./use-kept-reports.ts";

export interface KeptListProps {
  reports: KeptReports;
  words: {
    /** Names one of them by when it was written. */
    kept: (at: string) => string;
    offline: string;
    sending: string;
  };
}

/** What waits on the phone, since when, and why. */
export function KeptList({ reports: { ready, kept, sending, again, forget }, words }: KeptListProps) {
  const why = { silent: () => words.offline, "signed-out": () => ui.kept.signedOut, refused: ui.kept.refused };
  return (
    <div role="status" data-kept={ready ? "ready" : undefined}>
      {kept.map(({ key, writtenAt, state, reason }) => (
        <Notice key={key} kind={state === "refused" ? "error" : "warning"} title={words.kept(shortMoment(new Date(writtenAt)))}>
          <Stack gap="small">
            <p>{sending ? words.sending : why[state](reason ?? "")}</p>
            <Actions>
              {state === "signed-out" ? (
                <WayOn href={paths.staffSignIn(location.pathname)}>{ui.kept.signIn}</WayOn>
              ) : (
                <Button type="button" onClick={again} disabled={sending}>
                  {ui.kept.again}
                </Button>
              )}
              {state === "refused" && (
                <Button type="button" kind="quiet" onClick={() => void forget(key)}>
                  {ui.kept.forget}
                </Button>
              )}
            </Actions>
          </Stack>
        </Notice>
      ))}
    </div>
  );
}
