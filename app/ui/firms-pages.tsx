import type { FirmKind, FirmRecord, FirmStanding } from "#app/domain/firm.ts";
import type { Stage } from "#app/domain/stages.ts";
import { firms as words } from "#app/i18n/zh-CN/firms.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { paths } from "#app/paths.ts";
import { Badge, type Tone } from "./badge.tsx";
import { Card, Section } from "./card.tsx";
import { Facts } from "./facts.tsx";
import { Stack } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Steps } from "./steps.tsx";
import { Table } from "./table.tsx";

export interface ShownFirm extends FirmRecord {
  id: number;
  creditCode: string;
  subdistrict: string;
  standing: FirmStanding;
  blockReason: string | null;
  blockSource: string | null;
  blockedOn: string | null;
  projects: readonly { role: FirmKind; code: string; community: string; entrance: string; stage: Stage; late: number | null }[];
  late: number | null;
}

const tones: Record<FirmStanding, Tone> = { valid: "jade", "not-yet": "amber", expired: "amber", blacklisted: "brick" };

export function StandingBadge({ standing }: { standing: FirmStanding }) {
  return <Badge tone={tones[standing]}>{words.standings[standing]}</Badge>;
}

/** The register of firms as everybody reads it. */
export function FirmsPage({ firms }: { firms: readonly ShownFirm[] }) {
  return (
    <PortalPage title={{ title: words.title, lead: words.lead }}>
      {firms.length === 0 ? (
        <Empty level={2} title={words.none}>
          {words.noneLead}
        </Empty>
      ) : (
        <Table
          caption={words.table}
          columns={(["name", "kind", "grade", "standing", "projects", "late"] as const).map((key) => ({ key, label: words.columns[key] }))}
          rows={firms.map(({ id, name, kind, grade, standing, projects, late }) => ({
            key: String(id),
            cells: {
              name: <a href={paths.firm(id)}>{name}</a>,
              kind: words.kinds[kind],
              grade: words.grade(grade),
              standing: <StandingBadge standing={standing} />,
              projects: words.projects(projects.length),
              late: words.late(late),
            },
          }))}
        />
      )}
    </PortalPage>
  );
}

export interface FirmPageProps {
  firm: ShownFirm;
  blocks: readonly { id: number; blocked: boolean; reason: string; source: string; day: string }[];
}

/** One firm: what is registered of it, its projects, and the blacklist with reason and source. */
export function FirmPage({ firm, blocks }: FirmPageProps) {
  const { name, kind, grade, creditCode, validFrom, validUntil, source, phone, subdistrict, standing, projects, late } = firm;
  return (
    <PortalPage crumbs={[{ label: words.title, href: paths.firms() }, { label: name }]} title={{ eyebrow: words.kinds[kind], title: name }}>
      <Stack gap="large">
        {standing === "blacklisted" && firm.blockReason && firm.blockSource && (
          <Notice kind="error" title={words.standings.blacklisted}>
            {words.why(firm.blockReason, firm.blockSource)}
          </Notice>
        )}
        <Card aside={<StandingBadge standing={standing} />} title={words.columns.standing}>
          <Facts
            facts={[
              { term: words.terms.grade, value: words.grade(grade) },
              { term: words.terms.valid, value: words.valid(validFrom, validUntil) },
              ...(phone ? [{ term: words.terms.phone, value: <a href={paths.call(phone)}>{phone}</a> }] : []),
              { term: words.terms.source, value: source },
              { term: words.terms.code, value: creditCode },
              { term: words.terms.register, value: subdistrict },
              { term: words.terms.late, value: words.late(late) },
            ]}
          />
        </Card>
        <Section title={words.projectsTitle}>
          {projects.length === 0 ? (
            <p>{words.noProjects}</p>
          ) : (
            <Table
              caption={words.projectsTable}
              columns={(["stairwell", "role", "stage", "late"] as const).map((key) => ({ key, label: words.projectColumns[key] }))}
              rows={projects.map((project) => ({
                key: `${project.code} ${project.role}`,
                cells: {
                  stairwell: <a href={paths.stairwell(project.code)}>{stairwellName(project.community, project.entrance)}</a>,
                  role: words.kinds[project.role],
                  stage: words.stages[project.stage],
                  late: words.lateOf(project.late),
                },
              }))}
            />
          )}
        </Section>
        {blocks.length > 0 && (
          <Section title={words.blocks}>
            <Steps steps={blocks.map(({ blocked, day, reason, source: from }) => ({ title: blocked ? words.blocked(day) : words.cleared(day), detail: words.why(reason, from) }))} />
          </Section>
        )}
      </Stack>
    </PortalPage>
  );
}
