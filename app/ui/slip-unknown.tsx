import { intent } from "#app/i18n/zh-CN/intent.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Actions } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";

/** For whoever holds a slip that was replaced, or mistyped its code. */
export function SlipUnknown() {
  const words = intent.slipUnknown;
  return (
    <PortalPage width="narrow" title={{ title: words.title, lead: words.text }}>
      <Actions>
        <ButtonLink kind="primary" href={paths.search()}>
          {words.find}
        </ButtonLink>
      </Actions>
    </PortalPage>
  );
}
