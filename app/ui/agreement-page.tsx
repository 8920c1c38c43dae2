import { agreementItems, type AgreementItem } from "#app/domain/agreement.ts";
import { firmKinds, type FirmKind } from "#app/domain/firm.ts";
import { agreementWords as words } from "#app/i18n/zh-CN/money.ts";
import { firms as firmWords } from "#app/i18n/zh-CN/firms.ts";
import { stageDesk } from "#app/i18n/zh-CN/stage-desk.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ChoiceField, Field } from "./field.tsx";
import { Columns, Stack } from "./layout.tsx";
import type { MoneyPlace } from "./money-pages.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { Table } from "./table.tsx";

export interface AgreementPageProps {
  place: MoneyPlace;
  mayAct: boolean;
  agreement: { signedOn: string; items: readonly string[]; missing: readonly AgreementItem[]; by: string } | null;
  contracts: readonly { id: number; firmId: number; role: FirmKind; name: string; contractNo: string; signedOn: string }[];
  firms: readonly { id: number; name: string; kind: FirmKind }[];
  today: string;
  formKey: string;
  reply: Reply | undefined;
  done: "agreement" | "contract" | null;
}

/** The agreement of the owners held against its checklist, and the contracts with the firms. */
export function AgreementPage({ place, mayAct, agreement, contracts, firms, today, formKey, reply, done }: AgreementPageProps) {
  const name = `${place.community} ${place.building}${place.entrance}`;
  const isContract = reply?.values["step"] === "contract";
  const replyOf = (contract: boolean) => (reply && isContract === contract ? reply : undefined);
  const typed = (field: string, contract: boolean, before = "") => {
    const own = replyOf(contract);
    const within = contract ? "contract" : "agreement";
    return { name: field, within, defaultValue: own?.values[field] ?? before, error: errorAt(own, field) };
  };
  const ticked = replyOf(false)?.values["items"]?.split(",") ?? agreement?.items ?? [];
  return (
    <PortalPage desk phone={place.phone} crumbs={[{ label: name, href: paths.deskStairwell(place.code) }, { label: words.title }]} title={{ eyebrow: name, title: words.title, lead: words.lead }}>
      <Stack gap="large">
        {done && !reply && (
          <Notice kind="success" title={words.done[done]}>
            <a href={paths.deskStage(place.code)}>{stageDesk.link}</a>
          </Notice>
        )}
        <Columns>
          <Card title={words.agreement} foot={agreement && words.state(agreement.signedOn, agreement.by)}>
            <Stack gap="small">
              {agreement === null ? (
                <p>{words.none}</p>
              ) : agreement.missing.length === 0 ? (
                <Notice kind="success" title={words.complete} />
              ) : (
                <Notice kind="warning" title={words.missing(agreement.missing.map((item) => words.itemNames[item]))} />
              )}
              {mayAct && (
                <PlainForm formKey={`${formKey}-a`} reply={replyOf(false)} within="agreement">
                  <input type="hidden" name="step" value="agreement" />
                  <ChoiceField {...typed("items", false)} label={words.items} ticked={ticked} choices={agreementItems.map((value) => ({ value, label: words.itemNames[value] }))} />
                  <Field {...typed("signedOn", false, agreement?.signedOn ?? "")} type="date" size="short" label={words.signedOn} inputProps={{ max: today, required: true }} />
                  <Button kind="primary" wide>
                    {words.save}
                  </Button>
                </PlainForm>
              )}
            </Stack>
          </Card>
          <Stack>
            {contracts.length === 0 ? (
              <p>{words.noContracts}</p>
            ) : (
              <Table
                caption={words.contractsTable}
                columns={(["role", "name", "contractNo", "signedOn"] as const).map((key) => ({ key, label: words.columns[key] }))}
                rows={contracts.map(({ id, firmId, role, name: firm, contractNo, signedOn }) => ({
                  key: String(id),
                  cells: { role: firmWords.kinds[role], name: <a href={paths.firm(firmId)}>{firm}</a>, contractNo, signedOn: longDay(signedOn) },
                }))}
              />
            )}
            {mayAct && (
              <Card title={words.sign}>
                <PlainForm formKey={`${formKey}-c`} reply={replyOf(true)} within="contract">
                  <input type="hidden" name="step" value="contract" />
                  <Field {...typed("role", true)} type="select" label={words.fields.role} placeholder={words.choose} options={firmKinds.map((value) => ({ value, label: firmWords.kinds[value] }))} />
                  <Field
                    {...typed("firm", true)}
                    type="select"
                    label={words.fields.firm}
                    placeholder={words.choose}
                    options={firms.map(({ id, name: firm, kind }) => ({ value: String(id), label: words.firm(firm, firmWords.kinds[kind]) }))}
                  />
                  <Field {...typed("contractNo", true)} label={words.fields.contractNo} inputProps={{ maxLength: 60, required: true }} />
                  <Field {...typed("signedOn", true)} type="date" size="short" label={words.signedOn} inputProps={{ max: today, required: true }} />
                  <Button kind="primary" wide>
                    {words.sign}
                  </Button>
                </PlainForm>
              </Card>
            )}
          </Stack>
        </Columns>
      </Stack>
    </PortalPage>
  );
}
