import type { DocumentKind, PublicDocument } from "#app/domain/public-documents.ts";
import { documentWords as words } from "#app/i18n/zh-CN/documents.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { Photos } from "./photos.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface DocumentsPageProps {
  place: { code: string; community: string; entrance: string; phone: string };
  documents: readonly PublicDocument[];
  missing: readonly DocumentKind[];
}

/** The papers of a project on one page: what is there, with numbers and days, and what is still to come. */
export function DocumentsPage({ place, documents, missing }: DocumentsPageProps) {
  const name = stairwellName(place.community, place.entrance);
  return (
    <PortalPage
      phone={place.phone}
      width="narrow"
      crumbs={[{ label: name, href: paths.stairwell(place.code) }, { label: words.title }]}
      title={{ eyebrow: name, title: words.title, lead: words.lead }}
    >
      <Stack>
        {documents.length === 0 && (
          <Empty level={2} title={words.none}>
            {words.noneLead}
          </Empty>
        )}
        {documents.map((document) => (
          <DocumentCard key={document.kind} document={document} />
        ))}
        {documents.length > 0 && missing.length > 0 && (
          <Card title={words.missing} aside={<Badge tone="amber">{words.state.missing}</Badge>}>
            <p>{missing.map((kind) => words.kinds[kind]).join("、")}</p>
          </Card>
        )}
        {missing.length === 0 && <Notice kind="success" title={words.complete} />}
        <Actions>
          <ButtonLink href={paths.stairwell(place.code)}>{words.back}</ButtonLink>
        </Actions>
      </Stack>
    </PortalPage>
  );
}

function DocumentCard({ document: { kind, number, day, file } }: { document: PublicDocument }) {
  const title = words.kinds[kind];
  return (
    <Card title={title} aside={<Badge tone="jade" sign="yes">{words.state.has}</Badge>} foot={day ? words.day(day) : undefined}>
      <Stack gap="small">
        {number && (
          <p>
            <strong>{number}</strong>
          </p>
        )}
        {file ? (
          <Photos photos={file.pages.map(({ page, ...size }) => ({ ...size, page, file: file.id, caption: words.page(title, page, file.pages.length), day: file.day }))} />
        ) : (
          kind !== "start-date" && <p>{words.noFile}</p>
        )}
      </Stack>
    </Card>
  );
}
