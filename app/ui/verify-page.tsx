import { verify } from "#app/i18n/zh-CN/verify.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Facts, type Fact } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Stack } from "./layout.tsx";
import { WayOn } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

type Moment = string | Date;

export interface VerifyPageProps {
  publicKey: string;
  formKey: string;
  reply: Reply | undefined;
  verified?:
    | { kind: "intent"; place: { stairwell: string; entrance: string; community: string; phone: string }; at: Moment }
    | {
        kind: "ballot";
        place: { stairwell: string; entrance: string; community: string; phone: string };
        consultation: string;
        state: "kept" | "sealed" | "not-counted";
        sealed: { leaf: string; index: number; size: number; proof: string[]; root: string } | null;
        opened: { unit: string; choice: "agree" | "oppose" | "abstain"; at: Moment; leaf: object | null } | null;
      }
    | undefined;
}

/** One field, one answer: is my ballot in the result? The choice only for whoever has the opening code. */
export function VerifyPage({ publicKey, formKey, reply, verified }: VerifyPageProps) {
  return (
    <PortalPage width="narrow" phone={verified?.place.phone} title={{ title: verify.title, lead: verify.lead }}>
      <Stack gap="large">
        {verified && <Answer verified={verified} />}
        <Card>
          <PlainForm formKey={formKey} reply={reply}>
            <Field name="receipt" label={verify.receipt} hint={verify.receiptHint} defaultValue={reply?.values["receipt"]} error={errorAt(reply, "receipt")} inputProps={{ autoComplete: "off", autoCapitalize: "characters", maxLength: 30 }} />
            <Field name="opening" label={verify.opening} hint={verify.openingHint} error={errorAt(reply, "opening")} inputProps={{ autoComplete: "off", autoCapitalize: "characters", maxLength: 30 }} />
            <Button kind="primary" wide>
              {verify.submit}
            </Button>
          </PlainForm>
        </Card>
        <Folds>
          <Fold title={verify.key.title}>
            <p>{verify.key.text}</p>
            <code>{publicKey}</code>
            <p>{verify.program}</p>
          </Fold>
        </Folds>
      </Stack>
    </PortalPage>
  );
}

function Answer({ verified }: { verified: NonNullable<VerifyPageProps["verified"]> }) {
  const { place } = verified;
  const where: Fact = { term: verify.place, value: <a href={paths.stairwell(place.stairwell)}>{stairwellName(place.community, place.entrance)}</a> };
  if (verified.kind === "intent") {
    return (
      <Stack>
        <Notice kind="success" title={verify.intent.title}>
          {verify.intent.text}
        </Notice>
        <Facts facts={[where, { term: verify.at, value: verify.moment(verified.at) }]} />
      </Stack>
    );
  }
  const { state, sealed, opened, consultation } = verified;
  const words = verify.states[state];
  return (
    <Stack>
      <Notice kind={state === "not-counted" ? "warning" : "success"} title={words.title}>
        {words.text}
      </Notice>
      <Facts
        facts={[
          where,
          { term: verify.consultation, value: consultation },
          ...(opened
            ? [
                { term: verify.room, value: opened.unit },
                { term: verify.choice, value: verify.choices[opened.choice] },
                { term: verify.at, value: verify.moment(opened.at) },
              ]
            : []),
        ]}
      />
      {sealed && (
        <>
          <ButtonLink href={paths.stairwell(place.stairwell)}>{verify.result}</ButtonLink>
          <Folds>
            <Fold title={verify.proof.title}>
              <p>{verify.proof.lead}</p>
              <Facts
                facts={[
                  { term: verify.proof.leaf, value: <code>{sealed.leaf}</code> },
                  { term: verify.proof.position, value: verify.proof.positionText(sealed.index, sealed.size) },
                  ...(sealed.proof.length > 0 ? [{ term: verify.proof.path, value: <code>{sealed.proof.join("\n")}</code> }] : []),
                  { term: verify.proof.root, value: <code>{sealed.root}</code> },
                  ...(opened?.leaf ? [{ term: verify.proof.opened, value: <code>{JSON.stringify(opened.leaf)}</code> }] : []),
                ]}
              />
              <WayOn href={paths.apiResult(consultation)}>{verify.proof.file}</WayOn>
            </Fold>
          </Folds>
        </>
      )}
    </Stack>
  );
}
