import { privacyWords } from "#app/i18n/zh-CN/privacy.ts";
import { paths } from "#app/paths.ts";
import { Whole } from "./layout.tsx";

/** What is said about personal data where it is about to be given: the subdistrict's wording where it is at hand, else where to read it. */
export function Consent({ text }: { text?: string | null | undefined }) {
  return (
    <>
      {text?.split("\n").map((line) => <p key={line}>{line}</p>)}
      <p>
        {privacyWords.consent} <Whole><a href={paths.privacy()}>{privacyWords.title}</a></Whole>
      </p>
    </>
  );
}
