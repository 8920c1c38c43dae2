import { hasDocuments } from "#app/domain/public-documents.ts";
import type { PublicCourse } from "#app/domain/public-course.ts";
import type { PublicStairwell } from "#app/domain/public-view.ts";
import { worksWords } from "#app/i18n/zh-CN/construction.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { documentWords } from "#app/i18n/zh-CN/documents.ts";
import { feedWords } from "#app/i18n/zh-CN/feed.ts";
import { photoWords } from "#app/i18n/zh-CN/photos.ts";
import { plans } from "#app/i18n/zh-CN/plans.ts";
import { help } from "#app/i18n/zh-CN/help.ts";
import { courseWords } from "#app/i18n/zh-CN/stage-course.ts";
import { listen } from "#app/i18n/zh-CN/listen.ts";
import { notices as noticeWords } from "#app/i18n/zh-CN/notices.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { stageNames } from "#app/i18n/zh-CN/stages.ts";
import { paths } from "#app/paths.ts";
import { AssessmentCard } from "./assessment-card.tsx";
import { Badge } from "./badge.tsx";
import { buildingOf } from "./building.ts";
import { ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { ConsultationCard } from "./consultation-card.tsx";
import { Elevation, type CarState } from "./elevation.tsx";
import { Facts } from "./facts.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Columns, Flow, Stack, Whole } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { LinkList } from "./link-list.tsx";
import { Photos } from "./photos.tsx";
import { NoticeList, type ListedNotice } from "./notices-page.tsx";
import { PortalPage } from "./portal-page.tsx";
import { StageCourse } from "./stage-course.tsx";
import { wordsFor } from "./stairwell-words.ts";
import { badgesOf } from "./standing.tsx";
import { Steps } from "./steps.tsx";
import { WorksCard } from "./works-card.tsx";

export interface StairwellPageProps {
  stairwell: PublicStairwell;
  /** The number of willing households that is two thirds. */
  need: number;
  /** The newest first. */
  notices: readonly ListedNotice[];
  /** Those that people have at its stage. */
  questions: readonly { topic: string; question: string }[];
  /** Why it stands still, where it does. */
  /** The notice of its plan, while it is at that stage. */
  planNotice: { id: number; endsOn: string } | null;
  /** Null for one that is at the wishes. */
  course: PublicCourse | null;
}

const words = publicWords.stairwell;

/** The public page of a stairwell: where its lift is, what comes next, what I can do, whom to call, and what was decided. */
export function StairwellPage({ stairwell, need, notices, questions, planNotice, course }: StairwellPageProps) {
  const { code, community, communityCode, committee, phone, entrance, stage, stop, sideState, pause, consultation, communityConsultation } = stairwell;
  const name = stairwellName(community, entrance);
  const state: CarState = sideState ?? (stage === "in-use" ? "in-use" : "moving");
  const { now, next, you } = wordsFor(stairwell);
  const result = consultation?.result && <ConsultationCard consultation={consultation} />;
  // A result is news of the day on which it was published, not of the day on which the vote began.
  const since = stage === "consultation" && consultation?.result ? consultation.result.publishedOn : stairwell.stageSince;
  const steps = <Steps steps={stairwell.history.map((event) => ({ title: publicWords.events(event), detail: longDay(event.day) }))} />;
  // One thing to do stands out; while a vote runs it is the vote.
  const asksIntent = stage === "intent" || stage === "reserve";
  const asksVote = consultation?.state === "open" && !planNotice && !asksIntent && !sideState;
  const intent = stage !== "in-use" && <IntentCard stairwell={stairwell} need={need} />;
  return (
    <PortalPage
      phone={phone}
      crumbs={[{ label: publicWords.communities, href: paths.communities() }, { label: community, href: paths.community(communityCode) }, { label: name }]}
      title={{
        eyebrow: `${committee} · ${stairwell.address}`,
        title: name,
        badges: badgesOf({ ...stairwell, consultation: consultation?.state ?? "none" }),
      }}
    >
      <Stack gap="large">
        <Columns>
          <Elevation
            stops={Object.values(stageNames).map((label) => ({ label }))}
            at={stop}
            state={state}
            building={buildingOf(stairwell.floors, stairwell.flatsByFloor)}
            title={words.drawing(name)}
            description={words.drawingOf(stairwell.floors, stairwell.flats, stageNames[stage])}
          />
          <Stack>
            <Card title={now} tone={sideState ? "amber" : "jade"} foot={since && words.since(since)}>
              {planNotice && (
                <ButtonLink href={paths.notice(planNotice.id)} kind="primary" wide>
                  {words.readPlan}
                </ButtonLink>
              )}
              {asksIntent && (
                <ButtonLink href={paths.intent(code)} kind="primary" wide>
                  {words.fileIntent}
                </ButtonLink>
              )}
              {asksVote && (
                <ButtonLink href={paths.me()} kind="primary" wide>
                  {words.consultation.open.online}
                </ButtonLink>
              )}
              <Facts
                words
                facts={[
                  ...(pause
                    ? [
                        { term: words.why, value: pause.reason },
                        { term: words.next, value: words.owes(pause.owner, longDay(pause.nextDay), pause.daysLate) },
                      ]
                    : [{ term: words.next, value: next }]),
                  ...(planNotice ? [{ term: words.planNotice, value: words.opinionsUntil(longDay(planNotice.endsOn)) }] : []),
                  { term: words.you, value: you },
                  { term: words.ask, value: <a href={paths.call(phone)}>{committee} <Whole>{phone}</Whole></a> },
                ]}
              />
            </Card>
            {consultation && !consultation.result && <ConsultationCard consultation={consultation} asked={asksVote} />}
            {communityConsultation && !communityConsultation.result && <ConsultationCard consultation={communityConsultation} />}
            <LinkList
              rows={[
                ...(stairwell.plans > 0 ? [{ href: paths.plans(code), title: plans.link(stairwell.plans) }] : []),
                ...(hasDocuments(stage) ? [{ href: paths.documents(code), title: documentWords.link }] : []),
                { href: paths.listen(code), title: listen.link },
                { href: paths.askTicket(code), title: words.askTicket },
                ...(asksIntent || ["acceptance", "in-use"].includes(stage) ? [] : [{ href: paths.intent(code), title: words.fileIntent }]),
                { href: paths.bind(code), title: words.bind },
              ]}
            />
          </Stack>
        </Columns>
        {stairwell.renewal.length > 0 && (
          <Notice kind="warning" title={plans.renewal}>
            {plans.renewalOf(stairwell.renewal)}
          </Notice>
        )}
        {stairwell.works && <WorksCard works={stairwell.works} />}
        {course && (
          <Section title={words.history}>
            <Card foot={<a href={paths.stairwellFeed(code)}>{feedWords.follow}</a>}>
              <StageCourse course={course} />
            </Card>
            {stairwell.history.length > 0 && (
              <Folds>
                <Fold title={courseWords.list}>{steps}</Fold>
              </Folds>
            )}
          </Section>
        )}
        {stairwell.photos.length > 0 && (
          <Section title={photoWords.title}>
            <Photos photos={stairwell.photos} />
          </Section>
        )}
        <Flow>
          {result}
          {communityConsultation?.result && <ConsultationCard consultation={communityConsultation} />}
          {stairwell.assessment && <AssessmentCard code={code} assessment={stairwell.assessment} mayAsk={stairwell.lift === "none"} />}
          {intent}
          {notices.length > 0 && (
            <Section title={noticeWords.title}>
              <NoticeList notices={notices} />
            </Section>
          )}
          {questions.length > 0 && (
            <Section title={help.forStage}>
              <LinkList rows={questions.map(({ topic, question }) => ({ href: paths.helpAnswer(topic), title: question }))} />
            </Section>
          )}
          {!course && stairwell.history.length > 0 && (
            <Card title={words.history} foot={<a href={paths.stairwellFeed(code)}>{feedWords.follow}</a>}>
              {steps}
            </Card>
          )}
          <Card title={words.facts} foot={<a href={paths.apiStairwell(code)}>{words.data}</a>}>
            <Facts
              facts={[
                { term: words.code, value: code },
                { term: words.building, value: stairwell.building },
                { term: words.size, value: words.sizeOf(stairwell.floors, stairwell.flats) },
                ...(stairwell.registration ? [{ term: worksWords.registration, value: stairwell.registration }] : []),
              ]}
            />
          </Card>
        </Flow>
      </Stack>
    </PortalPage>
  );
}

function IntentCard({ stairwell: { intent, flats, reserveSince }, need }: Pick<StairwellPageProps, "stairwell" | "need">) {
  return (
    <Card title={words.intent} aside={<Badge sign="info">{words.notAVote}</Badge>} foot={words.intentPrivacy}>
      <p>
        <strong>{publicWords.bands[intent]}</strong>
      </p>
      <p>
        {reserveSince && words.reserveSince(reserveSince)}
        {words.intentNeed(need, flats)}
      </p>
    </Card>
  );
}
