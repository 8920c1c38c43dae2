import { useCallback, useEffect, useRef, useState } from "react";
import type { FactorChange, Finding, Grade } from "#app/domain/assessment.ts";
import type { Course, Factor } from "#app/domain/assessment-form.ts";
import { assessments as words, findingNames, gradeNames, gradeWords } from "#app/i18n/zh-CN/assessment.ts";
import { paths } from "#app/paths.ts";
import { Badge, Badges, type BadgeProps } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { FactorForm, type FoundFactor } from "./factor-form.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { GradeBadge } from "./grade-badge.tsx";
import { KeptList } from "./kept-list.tsx";
import { Actions, Columns, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { Photos, type Photo } from "./photos.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { Table } from "./table.tsx";
import { useKeptReports } from "./use-kept-reports.ts";

export interface AssessmentPageProps {
  assessment: {
    id: number;
    number: number;
    factors: readonly Factor[];
    returnedFor: string | null;
    /** Once it is issued. */
    grade: Grade | null;
    startedOn: string;
    startedByName: string;
    signedOn: string | null;
    signedByName: string | null;
    issuedOn: string | null;
    issuedByName: string | null;
    code: string;
    community: string;
    building: string;
    entrance: string;
    phone: string;
  };
  findings: readonly FoundFactor[];
  photos: readonly (Omit<Photo, "caption"> & { factor: string })[];
  most: number;
  course: Course;
  /** The one that it supersedes, with what was found otherwise. */
  before: { number: number; grade: Grade; names: Readonly<Record<string, string>>; changes: readonly FactorChange[] } | null;
  /** As it is now, by rule. */
  grade: Grade | null;
  mayRecord: boolean;
  mayIssue: boolean;
  account: string;
  done: keyof typeof words.done | null;
  formKey: string;
  reply: Reply | undefined;
}

const looks: Readonly<Record<Finding, BadgeProps["tone"]>> = { none: "jade", weak: "amber", strong: "brick", major: "brick", "not-seen": "neutral" };

const nameOf = ({ community, building, entrance }: AssessmentPageProps["assessment"]) => `${community} ${building}${entrance}`;

/** An assessment in the stairwell: factor by factor on a phone, signed by two people, and what it found. */
export function AssessmentPage(props: AssessmentPageProps) {
  const { assessment, grade, done, reply, mayRecord } = props;
  const { issuedOn, signedOn, returnedFor } = assessment;
  const state = issuedOn ? null : signedOn ? words.states.signed : words.states.draft;
  return (
    <PortalPage
      desk
      phone={assessment.phone}
      crumbs={[{ label: words.title, href: paths.assessments() }, { label: nameOf(assessment) }]}
      title={{
        eyebrow: nameOf(assessment),
        title: words.name(assessment.number),
        ...(mayRecord && { lead: words.draftLead }),
        badges: state ? [{ tone: "amber", children: state }] : [],
      }}
    >
      <Stack gap="large">
        {done && !reply && <Notice kind="success" title={words.done[done]} />}
        {returnedFor && mayRecord && <Notice kind="warning" title={words.returned(returnedFor)} />}
        {mayRecord ? <Recording {...props} /> : <Found {...props} />}
        <Columns>
          <Stack>
            <Card title={words.grade} aside={grade && <GradeBadge grade={grade} />} foot={words.rule}>
              <p>{grade ? gradeWords[grade] : words.gradeOpen}</p>
            </Card>
            {mayRecord && grade && <Sign {...props} />}
            {props.mayIssue && <Issue {...props} />}
          </Stack>
          <Stack>
            {props.before && <Changes {...props} before={props.before} />}
            <People {...props} />
          </Stack>
        </Columns>
      </Stack>
    </PortalPage>
  );
}

/** Loads a page anew, also where only its anchor is another. */
function goTo(path: string): void {
  const { pathname, search, hash, href } = new URL(path, location.href);
  if (pathname !== location.pathname || search !== location.search) return location.assign(href);
  location.hash = hash;
  location.reload();
}

/** The factors, each with its form; the one to look at next stands open. */
function Recording({ assessment, findings, photos, most, course, account, formKey, reply }: AssessmentPageProps) {
  const [open, setOpen] = useState(reply?.values["factor"] ?? course.next);
  const [waiting, setWaiting] = useState<readonly string[]>([]);
  const last = useRef("");
  const nextAfter = (id: string, kept: readonly string[]): string | null => {
    const isOpen = ({ id: factor }: Factor) => factor !== id && !kept.includes(factor) && (findings.find((one) => one.factor === factor)?.finding ?? "not-seen") === "not-seen";
    const at = assessment.factors.findIndex((one) => one.id === id);
    return [...assessment.factors.slice(at + 1), ...assessment.factors.slice(0, at)].find(isOpen)?.id ?? null;
  };
  const next = useRef<string | null>(null);
  const onSent = useCallback(() => goTo(paths.assessment(assessment.id, { done: "saved", saved: last.current, at: next.current })), [assessment.id]);
  const reports = useKeptReports({ url: paths.assessmentFindings(assessment.id), stairwell: `assessment:${assessment.id}`, account, onSent });
  const onSend = (id: string) => {
    last.current = id;
    next.current = nextAfter(id, waiting);
  };
  const onKept = (id: string) => {
    setWaiting([...waiting, id]);
    setOpen(nextAfter(id, waiting));
  };
  // One hand: the next factor comes up where the one before was.
  useEffect(() => {
    if (waiting.length > 0) document.getElementById(`factor-${open}`)?.scrollIntoView();
  }, [open, waiting]);
  return (
    <Section title={words.factors} aside={<Badge tone={course.seen === course.of ? "jade" : "amber"}>{words.seenOf(course.seen, course.of)}</Badge>}>
      <Stack>
        <KeptList reports={reports} words={words} />
        <Folds>
          {assessment.factors.map((factor, index) => {
            const found = findings.find((one) => one.factor === factor.id);
            return (
              <Fold key={factor.id} id={`factor-${factor.id}`} open={factor.id === open} title={<FactorTitle factor={factor} found={found} />}>
                <FactorForm
                  assessment={assessment.id}
                  factor={factor}
                  found={found}
                  photos={photos.filter((photo) => photo.factor === factor.id)}
                  most={most}
                  formKey={`${formKey}-${index}`}
                  reply={reply?.values["factor"] === factor.id ? reply : undefined}
                  reports={reports}
                  onSend={() => onSend(factor.id)}
                  onKept={() => onKept(factor.id)}
                />
              </Fold>
            );
          })}
        </Folds>
      </Stack>
    </Section>
  );
}

function FactorTitle({ factor, found }: { factor: Factor; found: FoundFactor | undefined }) {
  return (
    <>
      {factor.name}　<FindingBadge factor={factor} found={found} />
    </>
  );
}

function FindingBadge({ factor, found }: { factor: Factor; found: FoundFactor | undefined }) {
  if (!found || found.finding === "not-seen") return <Badge>{found ? findingNames["not-seen"] : words.unsaved}</Badge>;
  if (factor.informative) return <Badge tone="blue">{words.fields.seen}</Badge>;
  return <Badge tone={looks[found.finding]}>{findingNames[found.finding]}</Badge>;
}

/** What was found, to be read: by the second professional, the committee, the office. */
function Found({ assessment, findings, photos }: AssessmentPageProps) {
  return (
    <Section title={words.factors}>
      <Stack>
        <Facts
          facts={assessment.factors.map((factor) => {
            const found = findings.find((one) => one.factor === factor.id);
            return {
              term: factor.name,
              value: (
                <Stack gap="small">
                  <Badges>
                    <FindingBadge factor={factor} found={found} />
                  </Badges>
                  {found?.measured && <span>{words.measured(found.measured, factor.limit?.unit ?? "")}</span>}
                  {found?.note && <span>{found.note}</span>}
                  {found?.remedy && <span>{words.remedy(found.remedy, found.remedyBy ?? "")}</span>}
                </Stack>
              ),
            };
          })}
        />
        {photos.length > 0 && <Photos photos={photos.map((photo) => ({ ...photo, caption: assessment.factors.find(({ id }) => id === photo.factor)?.name ?? "" }))} />}
      </Stack>
    </Section>
  );
}

function Sign({ assessment, formKey, reply }: AssessmentPageProps) {
  return (
    <Card title={words.sign} foot={words.signLead}>
      <PlainForm formKey={`${formKey}-s`} reply={reply?.values["step"] === "sign" ? reply : undefined} action={paths.assessment(assessment.id)}>
        <Button kind="primary" name="step" value="sign" wide>
          {words.sign}
        </Button>
      </PlainForm>
    </Card>
  );
}

function Issue({ assessment, grade, formKey, reply }: AssessmentPageProps) {
  const returning = reply?.values["step"] === "return" ? reply : undefined;
  return (
    <Card title={words.toIssue} foot={grade && words.issueLead(grade)}>
      <Stack>
        <PlainForm formKey={`${formKey}-i`} reply={reply?.values["step"] === "issue" ? reply : undefined} action={paths.assessment(assessment.id)}>
          <Button kind="primary" name="step" value="issue" wide>
            {words.issue}
          </Button>
        </PlainForm>
        <Folds>
          <Fold title={words.returnTitle} open={returning !== undefined}>
            <PlainForm formKey={`${formKey}-r`} reply={returning} action={paths.assessment(assessment.id)} within="return">
              <Field
                type="textarea"
                name="reason"
                within="return"
                label={words.reason}
                hint={words.reasonHint}
                defaultValue={returning?.values["reason"]}
                error={errorAt(returning, "reason")}
                inputProps={{ maxLength: 500, rows: 3, required: true }}
              />
              <Button name="step" value="return" wide>
                {words.return}
              </Button>
            </PlainForm>
          </Fold>
        </Folds>
      </Stack>
    </Card>
  );
}

function Changes({ assessment, before: { number, grade, names, changes } }: AssessmentPageProps & { before: NonNullable<AssessmentPageProps["before"]> }) {
  const title = words.changes(number, grade);
  const said = (finding: Finding | null) => (finding ? findingNames[finding] : words.change.none);
  return changes.length === 0 ? (
    <Card title={title}>{words.changesNone}</Card>
  ) : (
    <Table
      caption={title}
      columns={[{ key: "factor", label: words.change.factor }, { key: "before", label: words.change.before }, { key: "after", label: words.change.after }]}
      rows={changes.map(({ factor, before, after }) => ({
        key: factor,
        cells: { factor: assessment.factors.find(({ id }) => id === factor)?.name ?? names[factor] ?? factor, before: said(before), after: said(after) },
      }))}
    />
  );
}

function People({ assessment }: AssessmentPageProps) {
  const { startedByName, startedOn, signedByName, signedOn, issuedByName, issuedOn, grade, code } = assessment;
  const by = (term: string, name: string | null, on: string | null) => (name && on ? [{ term, value: words.by(name, on) }] : []);
  return (
    <Card title={words.people} aside={grade && <Badge tone="jade">{gradeNames[grade]}</Badge>}>
      <Stack>
        <Facts facts={[...by(words.startedBy, startedByName, startedOn), ...by(words.signer, signedByName, signedOn), ...by(words.issuer, issuedByName, issuedOn)]} />
        <Actions>
          <ButtonLink href={paths.stairwell(code)} kind="quiet">
            {words.publicPage}
          </ButtonLink>
        </Actions>
      </Stack>
    </Card>
  );
}
