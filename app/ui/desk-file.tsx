import type { z } from "zod";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { CheckedForm, type Reply } from "./checked-form.tsx";
import { ChoiceField, Field } from "./field.tsx";
import { Actions } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface DeskFileProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  rooms: readonly string[];
  room: string | null;
  /** What was typed and read aloud, and is to be corrected. */
  draft: Partial<Record<"choice" | "worry" | "needsHelp" | "name" | "phone", string | undefined>> | null;
  /** What was saved a moment ago. */
  filed: { room: string; receipt: string } | null;
  formKey: string;
  reply: Reply | undefined;
  schema: z.ZodObject;
}

const entries = <K extends string>(words: Record<K, string>) => (Object.keys(words) as K[]).map((value) => ({ value, label: words[value] }));

/** Files for somebody, from paper or while it is being told. */
export function DeskFile({ place, rooms, room, draft, filed, formKey, reply, schema }: DeskFileProps) {
  const title = `${place.community} ${place.building}${place.entrance}`;
  return (
    <PortalPage
      desk
      width="narrow"
      phone={place.phone}
      crumbs={[{ label: title, href: paths.deskStairwell(place.code) }, { label: desk.fileTitle(room) }]}
      title={{ title: desk.fileTitle(room), lead: desk.fileLead }}
    >
      {filed && <Notice kind="success" title={desk.filed(filed.room, filed.receipt)} />}
      <CheckedForm schema={schema} formKey={formKey} reply={reply}>
        {({ register, valueOf, errorOf }) => (
          <>
            <Field
              type="select"
              name="room"
              label={desk.fileRoom}
              placeholder=""
              options={rooms.map((value) => ({ value, label: value }))}
              defaultValue={valueOf("room") ?? room ?? ""}
              error={errorOf("room")}
              inputProps={register("room")}
            />
            <ChoiceField row name="choice" label={desk.fileChoice} choices={entries(desk.choice)} defaultValue={valueOf("choice") ?? draft?.choice} error={errorOf("choice")} inputProps={register("choice")} />
            <ChoiceField row name="channel" label={desk.fileChannel} choices={entries(desk.fileChannels)} defaultValue={valueOf("channel") ?? (draft ? "assisted" : "paper")} error={errorOf("channel")} inputProps={register("channel")} />
            <Field type="select" name="worry" label={desk.fileWorry} optional placeholder="" options={entries(desk.worry)} defaultValue={valueOf("worry") ?? draft?.worry ?? ""} error={errorOf("worry")} inputProps={register("worry")} />
            <Field type="select" name="needsHelp" label={desk.fileHelp} hint={desk.fileHelpHint} optional placeholder="" options={entries(desk.needsHelp)} defaultValue={valueOf("needsHelp") ?? draft?.needsHelp ?? ""} error={errorOf("needsHelp")} inputProps={register("needsHelp")} />
            <Field name="name" label={desk.fileName} optional defaultValue={valueOf("name") ?? draft?.name} error={errorOf("name")} inputProps={{ ...register("name"), autoComplete: "off", maxLength: 40 }} />
            <Field type="tel" name="phone" label={desk.filePhone} hint={intent.stepContact.phoneHint} optional defaultValue={valueOf("phone") ?? draft?.phone} error={errorOf("phone")} inputProps={{ ...register("phone"), autoComplete: "off", maxLength: 20 }} />
            <Actions>
              <Button kind="primary" name="then" value="next">
                {desk.fileSaveNext}
              </Button>
              <Button>{desk.fileSave}</Button>
            </Actions>
          </>
        )}
      </CheckedForm>
    </PortalPage>
  );
}
