import type { Door, DoorPurpose, VisitOutcome } from "#app/domain/visit.ts";
import { longMoment } from "#app/i18n/zh-CN/dates.ts";
import { doors as words } from "#app/i18n/zh-CN/doors.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Section } from "./card.tsx";
import { DoorBadge, doorDays } from "./door-state.tsx";
import { VisitDone, type DoneVisit } from "./door-card.tsx";
import { Stack } from "./layout.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import type { Reply } from "./checked-form.tsx";

export interface ListedDoor extends Door {
  room: string;
  floor: number;
  filed: boolean;
}

export interface DeskDoorsProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  purpose: DoorPurpose;
  /** The last moment for ballots. */
  closesAt: string | Date | null;
  flats: number;
  doors: readonly ListedDoor[];
  /** Where to begin. */
  first: string | null;
  done: DoneVisit | null;
  now: string;
  reply: Reply | undefined;
}

/** The flats of a stairwell that are still to be reached, from the top floor down; printed, a list with boxes to fill in. */
export function DeskDoors({ place, purpose, closesAt, flats, doors, first, done, now, reply }: DeskDoorsProps) {
  const name = `${place.community} ${place.building}${place.entrance}`;
  const lead = purpose === "ballot" ? words.leads.ballot(String(closesAt)) : words.leads[purpose];
  return (
    <PortalPage
      desk
      width="narrow"
      phone={place.phone}
      crumbs={[{ label: name, href: paths.deskStairwell(place.code) }, { label: words.title }]}
      title={{ eyebrow: name, title: words.title, lead }}
    >
      <Stack>
        {reply && <ErrorSummary errors={reply.errors} />}
        {done && <VisitDone done={done} stairwell={place.code} />}
        {doors.length === 0 ? (
          <Empty level={2} title={words.none[purpose]}>
            {words.noneLead}
          </Empty>
        ) : (
          <>
            <Notice>{words.neverAVote}</Notice>
            {first && (
              <ButtonLink href={paths.door(place.code, first)} kind="primary" wide>
                {words.start(first)}
              </ButtonLink>
            )}
            <Section title={words.list} aside={words.counts(doors.length, flats)}>
              <LinkList
                rows={doors.map((door) => ({
                  href: paths.door(place.code, door.room),
                  title: words.room(door.floor, door.room),
                  detail: [...doorDays(door), ...(door.filed ? [words.filed] : [])].join("；") || undefined,
                  badge: <DoorBadge {...door} />,
                }))}
              />
            </Section>
            <p>{words.sheet.hint}</p>
          </>
        )}
      </Stack>
      {doors.length > 0 && <Sheet doors={doors} now={now} />}
    </PortalPage>
  );
}

/** The same on paper: a row a flat, empty boxes for three attempts. */
function Sheet({ doors, now }: Pick<DeskDoorsProps, "doors" | "now">) {
  const { columns, boxes, date, asOf } = words.sheet;
  return (
    <div className="doors-sheet">
      <p>{`${words.neverAVote}　${asOf(longMoment(now))}`}</p>
      <table aria-label={words.title}>
        <thead>
          <tr>
            {Object.values(columns).map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {doors.map((door) => (
            <tr key={door.room}>
              <th scope="row">{words.flat(door.room)}</th>
              <td>{doorDays(door).join("；")}</td>
              {["one", "two", "three"].map((attempt) => (
                <td key={attempt}>
                  <ul className="doors-boxes">
                    {(Object.keys(boxes) as VisitOutcome[]).map((outcome) => (
                      <li key={outcome}>{boxes[outcome]}</li>
                    ))}
                    <li className="doors-date">{date}</li>
                  </ul>
                </td>
              ))}
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
