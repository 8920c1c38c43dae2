import type { IntentChoice, Worry } from "#app/domain/intent.ts";
import { shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Empty } from "./notice.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Actions, Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface DeskIntentsProps {
  mayDecide: boolean;
  waiting: readonly {
    id: number;
    community: string;
    entrance: string;
    room: string;
    filedAt: string;
    name: string | null;
    phone: string | null;
    choice: IntentChoice | null;
    worry: Worry | null;
    formKey: string;
  }[];
  reply: Reply | undefined;
}

/** Filings that nobody could tell yet to come from their flat: one card each, confirm or not. */
export function DeskIntents({ mayDecide, waiting, reply }: DeskIntentsProps) {
  return (
    <PortalPage desk width="narrow" title={{ title: desk.confirmTitle, lead: desk.confirmLead }}>
      <Stack>
        {reply && <ErrorSummary errors={reply.errors} />}
        {waiting.length === 0 && <Empty level={2} title={desk.confirmNone} />}
        {waiting.map((row) => (
          <Card key={row.id} title={`${row.community} ${row.entrance} ${row.room}`} aside={shortMoment(row.filedAt)}>
            <Facts
              facts={[
                ...(row.choice ? [{ term: desk.fileChoice, value: desk.choice[row.choice] }] : []),
                ...(row.worry ? [{ term: desk.fileWorry, value: desk.worry[row.worry] }] : []),
                { term: desk.filer, value: row.phone ? <Filer name={row.name} phone={row.phone} /> : desk.noContact },
              ]}
            />
            {mayDecide && (
              <>
                <PlainForm formKey={row.formKey}>
                  <input type="hidden" name="intent" value={row.id} />
                  <Actions>
                    <Button kind="primary" name="decision" value="confirm">
                      {desk.confirm}
                    </Button>
                  </Actions>
                </PlainForm>
                <details>
                  <summary>{desk.reject}</summary>
                  <PlainForm formKey={`${row.formKey}-r`}>
                    <input type="hidden" name="intent" value={row.id} />
                    <Field name="reason" label={desk.rejectReason} hint={desk.rejectReasonHint} inputProps={{ maxLength: 500, id: undefined } as never} />
                    <Button kind="danger" name="decision" value="reject">
                      {desk.reject}
                    </Button>
                  </PlainForm>
                </details>
              </>
            )}
          </Card>
        ))}
      </Stack>
    </PortalPage>
  );
}

/** Who filed, and the number to call. */
function Filer({ name, phone }: { name: string | null; phone: string }) {
  return (
    <>
      {name}　<a href={paths.call(phone)}>{phone}</a>
    </>
  );
}
