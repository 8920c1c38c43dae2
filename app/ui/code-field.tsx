import { useRouteLoaderData } from "@remix-run/react";
import { authenticator } from "#app/i18n/zh-CN/authenticator.ts";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { signIn } from "#app/i18n/zh-CN/sign-in.ts";
import { paths } from "#app/paths.ts";
import { Field } from "./field.tsx";
import type { RootData } from "./portal-page.tsx";

export interface CodeFieldProps {
  /** Where the six digits come from: a message to the phone, or the authenticator app. */
  from: "message" | "authenticator";
  defaultValue?: string | undefined;
  error?: string | undefined;
  within?: string | undefined;
  /** Whether the demo leads to what stands in for the phone; not where the page shows that itself. */
  standIn?: boolean;
  /** `register("code")` of a checked form. */
  inputProps?: object;
}

/** The field for six digits. In the demo it leads to the page that stands in for the phone. */
export function CodeField({ from, standIn = true, inputProps, ...field }: CodeFieldProps) {
  const demo = (useRouteLoaderData("root") as RootData | undefined)?.demo;
  return (
    <>
      {demo && standIn && (
        <p className="way-on">
          {from === "message" ? (
            <a href={paths.demoMessages()}>{signIn.demoMessages}</a>
          ) : (
            <a href={paths.demo()} target="_blank" rel="noreferrer">
              {authenticator.standIn}
            </a>
          )}
        </p>
      )}
      <Field
        {...field}
        name="code"
        label={intent.done.code}
        {...(from === "authenticator" && { hint: authenticator.codeHint })}
        size="short"
        inputProps={{ ...inputProps, inputMode: "numeric", autoComplete: "one-time-code", maxLength: 10 }}
      />
    </>
  );
}
