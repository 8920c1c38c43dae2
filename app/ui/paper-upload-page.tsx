import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { paper } from "#app/i18n/zh-CN/paper.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface PaperUploadPageProps {
  consultation: { code: string; community: string; building: string; entrance: string; committeePhone: string };
  upload: string;
  /** How many pages of the file that is being split are there; null before the first. */
  done: { page: number; pages: number } | null;
  /** Why nothing of the stack was kept. */
  refused: string | null;
}

const words = paper.split;

/** How far a stack of paper has come that is being split into pages. */
export function PaperUploadPage({ consultation, upload, done, refused }: PaperUploadPageProps) {
  const { code } = consultation;
  const name = `${consultation.community} ${consultation.building}${consultation.entrance}`;
  return (
    <PortalPage
      desk
      width="narrow"
      phone={consultation.committeePhone}
      crumbs={[{ label: `${name} ${consultationDesk.numbered(code)}`, href: paths.consultation(code) }, { label: paper.title, href: paths.paper(code) }, { label: words.title }]}
      title={{ title: refused === null ? words.title : words.refused, lead: refused === null ? words.lead : undefined }}
    >
      {refused === null ? (
        <Card tone="jade">
          <Stack>
            <p className="upload-progress" role="status">
              <progress max={done?.pages ?? 1} value={done?.page ?? 0} aria-label={words.title} />
              <span>{done ? words.at(done.page, done.pages) : words.waiting}</span>
            </p>
            <ButtonLink href={paths.paperUpload(code, upload)} kind="primary" wide>
              {words.again}
            </ButtonLink>
            <p>{words.itself}</p>
          </Stack>
        </Card>
      ) : (
        <Stack>
          <Notice kind="error" title={refused} />
          <ButtonLink href={paths.paper(code)} kind="primary">
            {words.resend}
          </ButtonLink>
        </Stack>
      )}
    </PortalPage>
  );
}
