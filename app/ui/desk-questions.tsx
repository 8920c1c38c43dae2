import { desk } from "#app/i18n/zh-CN/desk.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Empty } from "./notice.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Actions, Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface DeskQuestionsProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  questions: readonly { id: number; name: string; roomA: string; roomB: string; answer: "same" | "different" | null; formKey: string }[];
  reply: Reply | undefined;
}

/** What the roll could not tell by itself: are these two the same person? */
export function DeskQuestions({ place, questions, reply }: DeskQuestionsProps) {
  const title = `${place.community} ${place.building}${place.entrance}`;
  return (
    <PortalPage
      desk
      width="narrow"
      phone={place.phone}
      crumbs={[{ label: title, href: paths.deskStairwell(place.code) }, { label: desk.questionsTitle }]}
      title={{ title: desk.questionsTitle, lead: desk.questionsLead }}
    >
      <Stack>
        {reply && <ErrorSummary errors={reply.errors} />}
        {questions.length === 0 && <Empty level={2} title={desk.questionsNone} />}
        {questions.map((q) => (
          <Card key={q.id} title={desk.question(q.name, q.roomA, q.roomB)}>
            {q.answer ? (
              <Badge tone="neutral">{desk.answered[q.answer]}</Badge>
            ) : (
              <PlainForm formKey={q.formKey}>
                <input type="hidden" name="question" value={q.id} />
                <Actions>
                  <Button name="answer" value="same">
                    {desk.same}
                  </Button>
                  <Button name="answer" value="different">
                    {desk.different}
                  </Button>
                </Actions>
              </PlainForm>
            )}
          </Card>
        ))}
      </Stack>
    </PortalPage>
  );
}
