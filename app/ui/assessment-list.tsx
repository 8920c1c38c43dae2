import type { Grade } from "#app/domain/assessment.ts";
import { assessments as words } from "#app/i18n/zh-CN/assessment.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { GradeBadge } from "./grade-badge.tsx";
import { Stack, Tiles } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { ProjectCard, type GrantedProject } from "./project-card.tsx";

interface AssessedProject extends GrantedProject {
  /** The newest. */
  assessment: { id: number; grade: Grade | null; signed: boolean; seen: number; of: number } | null;
  /** How often owners have asked for another since the last one was issued, and when last. */
  asked: { times: number; on: string } | null;
  mayStart: boolean;
}

export interface AssessmentListProps {
  toIssue: readonly { id: number; name: string; by: string; on: string }[];
  projects: readonly AssessedProject[];
  formKey: string;
  reply: Reply | undefined;
}

/** An assessor's work: what waits for the second signature, and the own stairwells. */
export function AssessmentList({ toIssue, projects, formKey, reply }: AssessmentListProps) {
  return (
    <PortalPage desk title={{ title: words.title, lead: words.lead }}>
      <Stack gap="large">
        {reply && <ErrorSummary errors={reply.errors} />}
        {toIssue.length > 0 && (
          <Section title={words.toIssue} lead={words.toIssueLead}>
            <LinkList rows={toIssue.map(({ id, name, by, on }) => ({ href: paths.assessment(id), title: name, detail: words.signedBy(by, on) }))} />
          </Section>
        )}
        {projects.length === 0 && (
          <Empty title={words.none} level={2}>
            {words.noneLead}
          </Empty>
        )}
        <Tiles>
          {projects.map((project, index) => (
            <AssessedCard key={project.code} project={project} formKey={`${formKey}-${index}`} />
          ))}
        </Tiles>
      </Stack>
    </PortalPage>
  );
}

function AssessedCard({ project, formKey }: { project: AssessedProject; formKey: string }) {
  const { code, assessment, mayStart, asked } = project;
  return (
    <ProjectCard project={project} badge={assessment && <AssessmentBadge {...assessment} />}>
      {asked && <Notice title={words.askedAgain(asked.times, asked.on)} />}
      {!assessment && !mayStart && <p>{words.notDue}</p>}
      {assessment && (
        <ButtonLink href={paths.assessment(assessment.id)} kind={assessment.grade || assessment.signed ? "secondary" : "primary"} wide>
          {assessment.grade || assessment.signed ? words.look : words.goOn}
        </ButtonLink>
      )}
      <ButtonLink href={paths.stairwell(code)} kind="quiet" wide>
        {words.publicPage}
      </ButtonLink>
      {mayStart && (
        <PlainForm formKey={formKey} action={paths.assessments()}>
          <input type="hidden" name="stairwell" value={code} />
          <Button kind={assessment ? "quiet" : "primary"} wide>
            {assessment ? words.again : words.start}
          </Button>
        </PlainForm>
      )}
    </ProjectCard>
  );
}

function AssessmentBadge({ grade, signed, seen, of }: { grade: Grade | null; signed: boolean; seen: number; of: number }) {
  if (grade) return <GradeBadge grade={grade} />;
  return <Badge tone="amber">{signed ? words.states.signed : words.seenOf(seen, of)}</Badge>;
}
