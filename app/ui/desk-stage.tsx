import type { ReactNode } from "react";
import { isPublishable } from "#app/domain/public-documents.ts";
import { nextStage, type EvidenceKind, type Mover, type Requirement } from "#app/domain/stage-moves.ts";
import type { SideState, Stage } from "#app/domain/stages.ts";
import { longMoment } from "#app/i18n/zh-CN/dates.ts";
import { requirementNames, stageDesk as words } from "#app/i18n/zh-CN/stage-desk.ts";
import { sideStateNames, stageNames } from "#app/i18n/zh-CN/stages.ts";
import { paths } from "#app/paths.ts";
import { Badge, Badges } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CheckField, ChoiceField, Field } from "./field.tsx";
import { Facts } from "./facts.tsx";
import { FileField } from "./file-field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Actions, Columns, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { Steps } from "./steps.tsx";

interface Evidence {
  id: number;
  kind: EvidenceKind;
  text: string | null;
  day: string | null;
  file: string | null;
  by: string;
  recordedOn: string;
}

export interface DeskStageProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  /** The page of the stairwell at the desk, or the list of who has none. */
  back: string;
  stage: Stage;
  since: string | null;
  sideState: SideState | null;
  consultationRunning: boolean;
  checklist: readonly { requirement: Requirement; met: boolean }[];
  evidence: readonly Evidence[];
  /** What can be put on record now. */
  asked: readonly EvidenceKind[];
  mover: Mover | null;
  /** Why this person cannot move it on; null where they can. */
  refused: string | null;
  mayStop: boolean;
  assessment: number | null;
  steps: readonly { from: Stage; to: Stage; reason: string | null; at: string | Date; by: string | null }[];
  stops: readonly { from: SideState | null; to: SideState | null; reason: string | null; owner: string | null; nextDay: string | null; at: string | Date; by: string }[];
  today: string;
  done: "moved" | "recorded" | null;
  formKey: string;
  reply: Reply | undefined;
}

/** Where a project stands, what it needs before it moves on, and how it is moved, stopped and ended. */
export function DeskStage(props: DeskStageProps) {
  const { place, back, stage, since, sideState, done, reply } = props;
  const name = `${place.community} ${place.building}${place.entrance}`;
  return (
    <PortalPage
      desk
      phone={place.phone}
      crumbs={[{ label: name, href: back }, { label: words.title }]}
      title={{
        eyebrow: name,
        title: words.title,
        lead: since ? `${stageNames[stage]}，${words.since(since)}` : stageNames[stage],
        badges: [{ tone: "jade", sign: "up", children: stageNames[stage] }, ...(sideState ? [{ tone: "amber" as const, children: sideStateNames[sideState] }] : [])],
      }}
    >
      <Stack gap="large">
        {done && !reply && <Notice kind="success" title={words.done[done]} />}
        <Columns>
          <Next {...props} />
          <Stack>
            {props.asked.length > 0 && <EvidenceForm {...props} />}
            {props.mayStop && sideState !== "ended" && <Stops {...props} />}
          </Stack>
        </Columns>
        {(props.steps.length > 0 || props.stops.length > 0) && <Way {...props} />}
      </Stack>
    </PortalPage>
  );
}

/** Where the committee sees to what is missing and has a page of its own. */
function whereTo(code: string, stage: Stage, mayOpen: boolean): Partial<Record<Requirement, ReactNode>> {
  const notices = <a href={paths.deskNotices(code)}>{words.go.notices}</a>;
  const agreement = <a href={paths.agreement(code)}>{words.go.agreement}</a>;
  return {
    ...(mayOpen && { "consultation-passed": <a href={paths.openConsultation(code)}>{words.go.consultation}</a> }),
    // After the vote only a plan that is another one makes it a vote to be held again.
    ...(stage === "plan-notice" && { "consultation-passed": <a href={paths.deskPlans(code)}>{words.go.plans}</a> }),
    "cost-shares": <a href={paths.chargeShares(code)}>{words.go.shares}</a>,
    "plan-notice-over": notices,
    "objections-answered": notices,
    agreement,
    "agent-contract": agreement,
  };
}

function Next({ place, stage, checklist, evidence, mover, refused, mayStop, consultationRunning, assessment, formKey, reply }: DeskStageProps) {
  const next = nextStage(stage);
  if (!next) return <Card title={words.inUse}>{evidence.length > 0 && <Facts facts={evidence.map((one) => ({ term: requirementNames[one.kind], value: <Recorded {...one} /> }))} />}</Card>;
  if (mover === null) return <Card title={words.now}>{words.byItself}</Card>;
  const ways = mayStop ? whereTo(place.code, stage, stage === "consultation" && !consultationRunning) : {};
  const failed = reply?.values["move"] === "forward" ? reply : undefined;
  return (
    <Card title={words.next(stageNames[next])} foot={words.movers[mover]}>
      <Stack>
        <Facts
          facts={checklist.map(({ requirement, met }) => {
            const known = evidence.find(({ kind }) => kind === requirement);
            return {
              term: requirementNames[requirement],
              value: (
                <Stack gap="small">
                  <Badges>
                    <Badge tone={met ? "jade" : "amber"}>{met ? words.has : words.missing}</Badge>
                  </Badges>
                  {known && <Recorded {...known} />}
                  {requirement === "assessment" && assessment !== null && <a href={paths.assessment(assessment)}>{words.go.assessment}</a>}
                  {!met && ways[requirement]}
                </Stack>
              ),
            };
          })}
        />
        {refused && !failed ? (
          <Notice title={refused} />
        ) : (
          <PlainForm formKey={formKey} reply={failed} action={paths.deskStage(place.code)}>
            <input type="hidden" name="seen" value={stage} />
            <Button kind="primary" name="move" value="forward" wide>
              {words.forward(stageNames[next])}
            </Button>
          </PlainForm>
        )}
      </Stack>
    </Card>
  );
}

function Recorded({ text, day, file, by, recordedOn }: Evidence) {
  return (
    <>
      {text && <span>{text}</span>}
      {day && <span>{words.on(day)}</span>}
      <small>{words.recorded(by, recordedOn)}</small>
      {file && <a href={paths.file(file, "screen")}>{words.file}</a>}
    </>
  );
}


function EvidenceForm({ place, asked, today, formKey, reply }: DeskStageProps) {
  const failed = reply?.values["move"] === undefined ? reply : undefined;
  const [only] = asked.length === 1 ? asked : [];
  return (
    <Card title={words.evidence} foot={words.evidenceLead}>
      <PlainForm formKey={`${formKey}-e`} reply={failed} action={paths.deskStage(place.code)} within="evidence" files>
        <ChoiceField
          name="kind"
          within="evidence"
          label={words.kind}
          choices={asked.map((value) => ({ value, label: requirementNames[value] }))}
          defaultValue={failed?.values["kind"] ?? only ?? ""}
          error={errorAt(failed, "kind")}
        />
        <Field name="text" within="evidence" label={words.text} hint={words.textHint} optional defaultValue={failed?.values["text"]} error={errorAt(failed, "text")} inputProps={{ maxLength: 120 }} />
        <Field type="date" name="day" within="evidence" size="short" label={words.day} hint={words.dayHint} optional defaultValue={failed?.values["day"]} error={errorAt(failed, "day")} inputProps={{ max: today }} />
        <FileField name="file" within="evidence" label={words.document} takes="photos-and-pdf" most={1} optional error={errorAt(failed, "file")} />
        {asked.some(isPublishable) && <CheckField name="show" within="evidence" label={words.show} hint={words.showHint} optional error={errorAt(failed, "show")} />}
        <Button wide>{words.save}</Button>
      </PlainForm>
    </Card>
  );
}

type Stopping = "pause" | "resume" | "dispute" | "settle" | "back" | "end";

function Stops(props: DeskStageProps) {
  const { stage, sideState, consultationRunning } = props;
  const isBackward = !["intent", "reserve", "in-use"].includes(stage);
  const possible: readonly [Stopping, boolean][] = [
    ["resume", sideState === "paused"],
    ["settle", sideState === "disputed"],
    ["pause", sideState === null && !consultationRunning && stage !== "in-use"],
    ["dispute", sideState === null && stage !== "in-use"],
    ["back", isBackward && !consultationRunning],
    ["end", !consultationRunning && stage !== "in-use"],
  ];
  const offered = possible.filter(([, isPossible]) => isPossible).map(([move]) => move);
  return offered.length === 0 ? null : (
    <Section title={words.stops}>
      <Folds>
        {offered.map((move) => (
          <StopForm key={move} move={move} {...props} />
        ))}
      </Folds>
    </Section>
  );
}

function StopForm({ move, place, stage, today, formKey, reply }: DeskStageProps & { move: Stopping }) {
  const failed = reply?.values["move"] === move ? reply : undefined;
  const before = previousName(stage);
  const titles: Record<Stopping, string> = { pause: words.pause, resume: words.resume, dispute: words.dispute, settle: words.settle, back: words.back(before), end: words.end };
  const leads: Partial<Record<Stopping, string>> = { pause: words.pauseLead, resume: words.resumeLead, dispute: words.disputeLead, back: words.backLead, end: words.endLead };
  const typed = (name: string) => ({ name, within: move, defaultValue: failed?.values[name], error: errorAt(failed, name) });
  return (
    <Fold title={titles[move]} open={failed !== undefined}>
      <PlainForm formKey={`${formKey}-${move}`} reply={failed} action={paths.deskStage(place.code)} within={move}>
        {leads[move] && <p>{leads[move]}</p>}
        <input type="hidden" name="seen" value={stage} />
        {move !== "resume" && (
          <Field
            type="textarea"
            {...typed("reason")}
            label={move === "settle" ? words.settleReason : words.reason}
            hint={move === "pause" ? words.reasonPublic : words.reasonHint}
            inputProps={{ maxLength: 500, rows: 3, required: true }}
          />
        )}
        {move === "pause" && (
          <>
            <Field {...typed("nextOwner")} label={words.owner} hint={words.ownerHint} inputProps={{ maxLength: 60, required: true }} />
            <Field type="date" {...typed("nextDay")} size="short" label={words.nextDay} inputProps={{ min: today, required: true }} />
          </>
        )}
        <Button kind={move === "end" || move === "back" ? "danger" : "secondary"} name="move" value={move} wide>
          {titles[move]}
        </Button>
      </PlainForm>
    </Fold>
  );
}

function previousName(stage: Stage): string {
  const all = Object.keys(stageNames) as Stage[];
  const before = all[all.indexOf(stage) - 1];
  return before ? stageNames[before] : "";
}

/** The steps and the stops of the project in one line of time. */
function Way({ steps, stops, place }: DeskStageProps) {
  const told = [
    ...[...steps].reverse().map(({ from, to, reason, at, by }) => ({ at, by, title: words.moved(stageNames[from], stageNames[to]), text: reason })),
    ...[...stops].reverse().map(({ from, to, reason, owner, nextDay, at, by }) => ({
      at, by,
      title: to ? words.stopped[to] : from ? words.goesOn[from] : "",
      // The reason of a stop by an assessment is its number.
      text: [to === "not-suitable" || from === "not-suitable" ? null : reason, owner && nextDay && words.owed(owner, nextDay)].filter(Boolean).join("　") || null,
    })),
  ].sort((one, other) => new Date(one.at).getTime() - new Date(other.at).getTime());
  return (
    <Section title={words.history}>
      <Steps steps={told.map(({ at, by, title, text }) => ({ title, detail: [words.by(by, longMoment(at)), text].filter(Boolean).join("　") }))} />
      <Actions>
        <ButtonLink href={paths.stairwell(place.code)} kind="quiet">
          {words.publicPage}
        </ButtonLink>
        <ButtonLink href={paths.documents(place.code)} kind="quiet">
          {words.documents}
        </ButtonLink>
      </Actions>
    </Section>
  );
}
