import type { z } from "zod";
import { shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { CheckedForm, PlainForm, type Reply } from "./checked-form.tsx";
import { CodeField } from "./code-field.tsx";
import { Actions, Whole } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Receipt } from "./notice.tsx";

export interface IntentDoneProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  receipt: string;
  filedAt: string;
  state: "counts" | "waiting" | "rejected" | "replaced";
  /** The number given with the filing, its middle hidden. */
  phone: string | null;
  sms: "sent" | "not-on-roll" | null;
  /** Whether somebody came back to a page from before the filing and sent it again. */
  already: boolean;
  formKey: string;
  reply: Reply | undefined;
  codeSchema: z.ZodObject;
}

/** After filing: the receipt, whether it counts, and the way to make it count. */
export function IntentDone(props: IntentDoneProps) {
  const { place, receipt, filedAt, state } = props;
  const words = intent.done;
  const standing = words[state];
  return (
    <PortalPage width="narrow" phone={place.phone}>
      {props.already && <Notice title={words.already} />}
      <Receipt
        title={words.titles[state]}
        number={receipt}
        next={[{ title: standing, detail: words.next[state] }, ...(state === "waiting" ? [] : [{ title: words.later, detail: intent.notAVote }])]}
      >
        <p>
          {`${stairwellName(place.community, place.entrance)}，${words.filedAt} `}
          <Whole>{shortMoment(filedAt)}</Whole>
        </p>
      </Receipt>
      {state === "waiting" && <ByPhone {...props} />}
      <Actions>
        <ButtonLink href={paths.stairwell(place.code)}>{words.back}</ButtonLink>
        <ButtonLink href={paths.intent(place.code)}>{words.again}</ButtonLink>
      </Actions>
    </PortalPage>
  );
}

function ByPhone({ place, receipt, phone, sms, formKey, reply, codeSchema }: IntentDoneProps) {
  const words = intent.done;
  if (sms === "not-on-roll") return <Notice title={words.phoneNotOnRoll} />;
  if (phone === null) return <Notice title={words.elseCommittee} />;
  const here = paths.intentDone(place.code, receipt);
  return (
    <Card id="code" title={words.byPhone(phone)}>
      <p>{words.byPhoneLead}</p>
      {sms === null ? (
        <PlainForm formKey={formKey} reply={reply} action={here}>
          <Button kind="primary" wide>
            {words.sendCode}
          </Button>
        </PlainForm>
      ) : (
        <CheckedForm schema={codeSchema} formKey={formKey} reply={reply} action={`${here}?sms=sent`}>
          {({ register, valueOf, errorOf }) => (
            <>
              <p>{words.codeSent(phone)}</p>
              <CodeField from="message" defaultValue={valueOf("code")} error={errorOf("code")} inputProps={register("code")} />
              <Button kind="primary" wide>
                {words.confirm}
              </Button>
            </>
          )}
        </CheckedForm>
      )}
      {sms === "sent" && (
        <PlainForm formKey={`${formKey}-again`} action={here}>
          <Button wide>{words.resend}</Button>
        </PlainForm>
      )}
      <p>{words.elseCommittee}</p>
    </Card>
  );
}
