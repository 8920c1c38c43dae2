import { evidenceKinds, type BindingSide } from "#app/domain/binding.ts";
import { binding } from "#app/i18n/zh-CN/binding.ts";
import { shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { Badge } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Facts } from "./facts.tsx";
import { CheckField, ChoiceField, Field } from "./field.tsx";
import { Actions, Columns, Stack, Tiles } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

interface Request {
  id: number;
  side: BindingSide;
  room: string;
  entrance: string;
  building: string;
  community: string;
  requestedAt: string;
  name: string | null;
  phone: string;
  owners: readonly { id: number; name: string; phone: string | null; sameName: boolean }[];
  formKey: string;
}

export interface DeskBindingsProps {
  mayDecide: boolean;
  /** What has just become of one. */
  decided: "approved" | "refused" | null;
  requests: readonly Request[];
  reply: Reply | undefined;
}

const words = binding.desk;

/** Requests to bind a flat to a phone: who asks beside whom the roll has, what the clerk has seen, yes or no. */
export function DeskBindings({ mayDecide, decided, requests, reply }: DeskBindingsProps) {
  return (
    <PortalPage desk width="narrow" title={{ title: words.title, lead: words.lead }}>
      <Stack>
        {reply && <ErrorSummary errors={reply.errors} />}
        {decided && <Notice kind="success" title={words.decided[decided]} />}
        {requests.length === 0 && <Empty level={2} title={words.none} />}
        {requests.map((request) => (
          <Card
            key={request.id}
            title={`${request.community} ${request.building}${request.entrance} ${request.room} 室`}
            aside={<Badge tone={request.side === "owner" ? "jade" : "neutral"}>{words.sides[request.side]}</Badge>}
            foot={shortMoment(request.requestedAt)}
          >
            {mayDecide ? <Decide request={request} reply={reply?.values["request"] === String(request.id) ? reply : undefined} /> : <Facts facts={[{ term: words.phone, value: request.phone }]} />}
          </Card>
        ))}
      </Stack>
    </PortalPage>
  );
}

function Decide({ request, reply }: { request: Request; reply: Reply | undefined }) {
  const { id, side, name, phone, owners, formKey } = request;
  const namesake = owners.filter(({ sameName }) => sameName);
  return (
    <Stack>
      <Columns>
        <Facts
          facts={[
            { term: words.asks, value: name },
            { term: words.phone, value: phone },
          ]}
        />
        <Facts
          facts={
            owners.length === 0
              ? [{ term: words.onRoll, value: words.noOwner }]
              : owners.map((owner, index) => ({
                  term: index === 0 ? words.onRoll : `${words.onRoll} ${index + 1}`,
                  value: (
                    <>
                      {[owner.name, owner.phone].filter(Boolean).join("　")} {owner.sameName && <Badge tone="jade">{words.sameName}</Badge>}
                    </>
                  ),
                }))
          }
        />
      </Columns>
      <PlainForm formKey={reply?.formKey ?? formKey}>
        <input type="hidden" name="request" value={id} />
        {side === "owner" && (
          <ChoiceField
            name="owner"
            within={String(id)}
            label={words.owner}
            choices={owners.map((owner) => ({ value: String(owner.id), label: owner.name, hint: owner.phone ?? undefined }))}
            defaultValue={reply?.values["owner"] ?? (namesake.length === 1 ? String(namesake[0]?.id) : undefined)}
            error={errorAt(reply, "owner")}
          />
        )}
        {side === "owner" && (
          <>
            <fieldset className="choice">
              <legend>{words.evidence}</legend>
              <Tiles size="small">
                {evidenceKinds.map((kind) => (
                  <CheckField
                    key={kind}
                    name={kind}
                    within={String(id)}
                    label={words.evidenceKinds[kind]}
                    defaultChecked={reply?.values[kind] === "yes"}
                    error={errorAt(reply, kind)}
                  />
                ))}
              </Tiles>
            </fieldset>
            <Field
              name="note"
              within={String(id)}
              label={words.note}
              optional
              defaultValue={reply?.values["note"]}
              error={errorAt(reply, "note")}
              inputProps={{ autoComplete: "off", maxLength: 200 }}
            />
          </>
        )}
        <Actions>
          <Button kind="primary" name="verdict" value="approved">
            {side === "owner" ? words.approve : words.approveTenant}
          </Button>
        </Actions>
      </PlainForm>
      <details>
        <summary>{words.refuse}</summary>
        <PlainForm formKey={`${formKey}-r`}>
          <input type="hidden" name="request" value={id} />
          <Field name="note" within={`${id}-refused`} label={words.reason} hint={words.reasonHint} inputProps={{ maxLength: 200 }} />
          <Actions>
            <Button kind="danger" name="verdict" value="refused">
              {words.refuse}
            </Button>
          </Actions>
        </PlainForm>
      </details>
    </Stack>
  );
}
