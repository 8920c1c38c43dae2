import type { Board, WaitingFlats } from "#app/domain/board.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { paper } from "#app/i18n/zh-CN/paper.ts";
import { handouts } from "#app/i18n/zh-CN/handouts.ts";
import { reminders } from "#app/i18n/zh-CN/reminders.ts";
import { paths } from "#app/paths.ts";
import { Badge, Badges } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { Stack } from "./layout.tsx";
import { WayOn } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { ResultTests } from "./result-tests.tsx";

const words = consultationDesk.board;

const isOpen = ({ state }: Board) => state === "open" || state === "due";

/** How the consultation stands in a few words, what waits for a second person, and the way to its end. */
export function BoardStanding({ board }: { board: Board }) {
  const { result, unchecked, pendingVoids } = board;
  const open = isOpen(board);
  const { heads, area } = result.toPass;
  return (
    <>
      <Card title={open ? words.now : words.result} aside={words.returned(result.participated.heads, result.roll.heads)}>
        <Stack>
          {open && (
            <Badges>
              <Badge tone={result.passed ? "jade" : "amber"}>{words.outlooks[result.outlook]}</Badge>
              {heads !== null && heads > 0 && <Badge tone="amber">{words.missing(heads)}</Badge>}
              {area !== null && area !== "0.00" && <Badge tone="amber">{words.missingArea(area)}</Badge>}
            </Badges>
          )}
          <ButtonLink href={paths.endConsultation(board.code)} kind={board.state === "open" ? "secondary" : "primary"} wide>
            {open ? words.end : words.seeResult}
          </ButtonLink>
          {board.state !== "certified" && board.state !== "published" && (
            <ButtonLink href={paths.paper(board.code)} wide>
              {board.paper.count > 0 ? paper.waiting(board.paper.count) : paper.title}
            </ButtonLink>
          )}
          {open && (
            <ButtonLink href={paths.handouts(board.code, board.stairwells.length > 1 ? board.shown : undefined)} wide>
              {handouts.link}
            </ButtonLink>
          )}
          {board.state === "open" && (
            <ButtonLink href={paths.remindOwners(board.code)} wide>
              {reminders.title}
            </ButtonLink>
          )}
          {!open && (
            <ButtonLink href={paths.consultationFile(board.code)} wide download>
              {words.file}
            </ButtonLink>
          )}
        </Stack>
      </Card>
      {unchecked.count > 0 && (
        <Notice kind="warning" title={words.uncheckedRooms(namedFlats(unchecked))}>
          <WayOn href={paths.checkBallots(board.code)}>{paper.check.title}</WayOn>
        </Notice>
      )}
      {pendingVoids.count > 0 && <Notice kind="warning" title={words.pending(namedFlats(pendingVoids))} />}
    </>
  );
}

/** The tests of the rule with their sums. */
export function BoardSums({ board }: { board: Board }) {
  return (
    <Card title={consultationDesk.end.sums}>
      <ResultTests tests={board.tests} />
    </Card>
  );
}

/** A few flats by name, and how many they are where those are not all. */
export function namedFlats({ units, count }: WaitingFlats): string {
  return units.length < count ? words.among(units.join("、"), count) : units.join("、");
}
