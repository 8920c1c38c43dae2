import type { Scope } from "#app/domain/consultation.ts";
import { consultationShows, type ConsultationShow } from "#app/domain/desk-list.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { deadline, longMoment } from "#app/i18n/zh-CN/dates.ts";
import { consultationList as words, today } from "#app/i18n/zh-CN/today.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Field } from "./field.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty } from "./notice.tsx";
import { Pager } from "./pager.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Table } from "./table.tsx";

export interface DeskConsultationsProps {
  show: ConsultationShow;
  community?: string | undefined;
  page: number;
  pages: number;
  mayAct: boolean;
  now: string;
  communities: readonly { code: string; name: string }[];
  consultations: readonly {
    code: string;
    scope: Scope;
    community: string;
    building: string;
    entrance: string;
    state: "open" | "closed" | "certified" | "published" | "withdrawn";
    closesAt: string | Date;
    passed: boolean | null;
    /** For the committee alone. */
    flats?: number;
    returned?: number;
  }[];
}

/** All consultations of a committee, those that run by their deadline and those that are done. */
export function DeskConsultations({ show, community, page, pages, mayAct, now, communities, consultations }: DeskConsultationsProps) {
  const columns = (["place", "state", "closes", ...(mayAct ? (["returned"] as const) : [])] as const).map((key) => ({ key, label: words.columns[key], ...(key === "returned" && { align: "end" as const }) }));
  return (
    <PortalPage desk title={{ title: words.title, lead: words.lead }}>
      <Stack>
        <Actions row="filters">
          {consultationShows.map((one) => (
            <ButtonLink key={one} href={paths.consultations({ show: one, community })} sign={one === show ? "yes" : undefined}>
              {words.shows[one]}
            </ButtonLink>
          ))}
          {mayAct && (
            <ButtonLink href={paths.openSeveral()} kind="primary">
              {consultationDesk.several.title}
            </ButtonLink>
          )}
        </Actions>
        {communities.length > 1 && (
          <form action={paths.consultations()} role="search" className="find-flat">
            <input type="hidden" name="show" value={show} />
            <Field
              type="select"
              name="community"
              label={words.community}
              options={[{ value: "", label: words.anyCommunity }, ...communities.map(({ code, name }) => ({ value: code, label: name }))]}
              defaultValue={community ?? ""}
            />
            <Button>{words.filter}</Button>
          </form>
        )}
        {consultations.length === 0 ? (
          <Empty level={2} title={words.none[show]}>
            {words.noneLead}
          </Empty>
        ) : (
          <Table
            caption={`${words.table}　${words.shows[show]}`}
            columns={columns}
            rows={consultations.map((c) => ({
              key: c.code,
              cells: {
                place: (
                  <a href={mayAct ? paths.consultation(c.code) : paths.endConsultation(c.code)}>
                    {`${c.community} ${c.building}${c.entrance}${c.scope === "community" ? today.community : ""}`}
                  </a>
                ),
                state: <State {...c} now={now} />,
                closes: c.state === "open" ? deadline(c.closesAt) : longMoment(c.closesAt).slice(0, -6),
                returned: c.returned === undefined || c.flats === undefined ? "" : words.returned(c.returned, c.flats),
              },
            }))}
          />
        )}
        <Pager page={page} pages={pages} hrefOf={(to) => paths.consultations({ show, community, page: to })} />
      </Stack>
    </PortalPage>
  );
}

function State({ state, closesAt, passed, now }: Pick<DeskConsultationsProps["consultations"][number], "state" | "closesAt" | "passed"> & { now: string }) {
  if (state === "published") return <Badge tone={passed ? "jade" : "brick"}>{words.published(passed === true)}</Badge>;
  const due = state === "open" && new Date(now) > new Date(closesAt);
  return <Badge tone={state === "withdrawn" ? "neutral" : state === "open" && !due ? "blue" : "amber"}>{consultationDesk.states[due ? "due" : state]}</Badge>;
}
