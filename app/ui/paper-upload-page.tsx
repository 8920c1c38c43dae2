import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { paper } from "#app/i18n/zh-CN/paper.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { ProgressCard } from "./progress-card.tsx";

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
        <ProgressCard
          label={words.title}
          done={done && { so: done.page, of: done.pages }}
          words={done ? words.at(done.page, done.pages) : words.waiting}
          href={paths.paperUpload(code, upload)}
          again={words.again}
          itself={words.itself}
        />
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
