import { consent } from "#app/i18n/zh-CN/consent.ts";
import { paths } from "#app/paths.ts";
import { Whole } from "./layout.tsx";

/** What is said about personal data where it is about to be given: the subdistrict's wording where it is at hand, else where to read it. */
export function Consent({ text }: { text?: string | null | undefined }) {
  return (
    <>
      {text?.split("\n").map((line) => <p key={line}>{line}</p>)}
      <p>
        {consent.read} <Whole><a href={paths.privacy()}>{consent.title}</a></Whole>
      </p>
    </>
  );
}
