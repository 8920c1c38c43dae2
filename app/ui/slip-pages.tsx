import { binding } from "#app/i18n/zh-CN/binding.ts";
import { deadline } from "#app/i18n/zh-CN/dates.ts";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { paths } from "#app/paths.ts";
import { AnswerButtons } from "./answers.tsx";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CodeField } from "./code-field.tsx";
import { Consent } from "./consent.tsx";
import { Actions, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { PhoneField } from "./phone-field.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Question } from "./question.tsx";
import { errorAt } from "./reply.ts";

interface Slip {
  place: { code: string; community: string; building: string; entrance: string; phone: string; stage: string };
  room: string;
  /** The slip's code in its written form. */
  code: string;
}

const homeOf = ({ place, room }: Slip) => me.flat(place.community, place.entrance, room);

export interface SlipPageProps extends Slip {
  /** The consultation that waits for the flat's ballot. */
  open: { code: string; closesAt: string | Date } | null;
  /** Whether this phone is signed in and bound to the flat. */
  bound: boolean;
}

/** What a slip is for: the ballot where one is asked for, the intent, binding this phone. */
export function SlipPage(props: SlipPageProps) {
  const { place, room, code, open, bound } = props;
  const words = binding.slip;
  const rows = [
    ...(open
      ? [{ href: bound ? paths.myBallot(open.code, room) : paths.slipBind(code), title: words.vote, detail: words.voteLead(deadline(open.closesAt)), badge: <Badge tone="blue">{words.now}</Badge> }]
      : []),
    ...(place.stage === "in-use" ? [] : [{ href: paths.slipIntent(code), title: words.intent, detail: words.intentLead }]),
    bound ? { href: paths.me(), title: words.bound } : { href: `${paths.slipBind(code)}?step=owner`, title: words.bind, detail: words.bindLead },
  ];
  return (
    <PortalPage width="narrow" phone={place.phone} title={{ eyebrow: words.eyebrow, title: homeOf(props), lead: words.lead }}>
      <Stack gap="large">
        <LinkList rows={rows} />
        <p>{words.care}</p>
        <Actions>
          <ButtonLink href={paths.stairwell(place.code)}>{intent.done.back}</ButtonLink>
        </Actions>
      </Stack>
    </PortalPage>
  );
}

/** For whoever holds a slip that was replaced or mistyped its code, or tried too many. */
export function SlipRefused({ status }: { status: 404 | 429 }) {
  const words = intent.slipRefused[status];
  return (
    <PortalPage width="narrow" title={{ title: words.title, lead: words.text }}>
      <Actions>
        <ButtonLink kind="primary" href={paths.search()}>
          {intent.slipRefused.find}
        </ButtonLink>
      </Actions>
    </PortalPage>
  );
}

export interface SlipBindProps extends Slip {
  step: "owner" | "not-owner" | "phone" | "code";
  /** The phone that the code went to, its middle hidden. */
  phone: string | null;
  formKey: string;
  reply: Reply | undefined;
}

/** Binding this phone to the slip's flat: owner or not, the phone, the code. */
export function SlipBindPage(props: SlipBindProps) {
  const Step = { owner: OwnerStep, "not-owner": NotOwner, phone: PhoneStep, code: CodeStep }[props.step];
  return (
    <PortalPage width="narrow" phone={props.place.phone}>
      <Step {...props} />
    </PortalPage>
  );
}

const words = binding.bySlip;

function OwnerStep(props: SlipBindProps) {
  return (
    <Question title={words.title(homeOf(props))} lead={words.lead} step={{ at: 1, of: 3 }} back={paths.slip(props.code)}>
      <PlainForm formKey={props.formKey} reply={props.reply} action={paths.slipBind(props.code)}>
        <AnswerButtons name="owner" answers={(["yes", "no"] as const).map((value) => ({ value, label: words[value] }))} />
      </PlainForm>
    </Question>
  );
}

function NotOwner({ place, code }: SlipBindProps) {
  return (
    <Question title={words.notOwner} lead={words.notOwnerLead} back={paths.slipBind(code)}>
      <Actions>
        {place.stage !== "in-use" && (
          <ButtonLink kind="primary" href={paths.slipIntent(code)}>
            {binding.slip.intent}
          </ButtonLink>
        )}
        <ButtonLink href={paths.slip(code)}>{words.toSlip}</ButtonLink>
      </Actions>
    </Question>
  );
}

function PhoneStep({ code, formKey, reply }: SlipBindProps) {
  return (
    <Question title={words.phoneTitle} lead={words.phoneLead} step={{ at: 2, of: 3 }} back={paths.slipBind(code)}>
      <PlainForm formKey={formKey} reply={reply} action={paths.slipBind(code, "phone")}>
        <PhoneField reply={reply} />
        <Consent />
        <Button kind="primary" wide>
          {words.send}
        </Button>
      </PlainForm>
    </Question>
  );
}

function CodeStep({ code, phone, formKey, reply }: SlipBindProps) {
  return (
    <Question title={words.codeTitle} lead={words.codeLead(phone ?? "")} step={{ at: 3, of: 3 }} back={paths.slipBind(code, "phone")}>
      <PlainForm formKey={formKey} reply={reply} action={paths.slipBind(code, "code")}>
        <CodeField from="message" error={errorAt(reply, "code")} />
        <Button kind="primary" wide>
          {words.enter}
        </Button>
      </PlainForm>
      <ButtonLink href={paths.slipBind(code, "phone")} wide>
        {words.again}
      </ButtonLink>
    </Question>
  );
}
