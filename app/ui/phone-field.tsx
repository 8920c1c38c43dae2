import { intent } from "#app/i18n/zh-CN/intent.ts";
import { signIn } from "#app/i18n/zh-CN/sign-in.ts";
import type { Reply } from "./checked-form.tsx";
import { Field } from "./field.tsx";
import { errorAt } from "./reply.ts";

/** The field for a mobile number; refilled after a refusal. */
export function PhoneField({ reply }: { reply: Reply | undefined }) {
  return (
    <Field
      type="tel"
      name="phone"
      label={intent.stepContact.phone}
      hint={signIn.phoneHint}
      defaultValue={reply?.values["phone"]}
      error={errorAt(reply, "phone")}
      inputProps={{ autoComplete: "tel-national", inputMode: "tel", maxLength: 20 }}
    />
  );
}
