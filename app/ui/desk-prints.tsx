import { inGroups, QUARTERS, type PaperSize, type SlipLayout } from "#app/domain/handouts.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { DoorPoster, QuarterSlips, SlipSheet } from "./print-sheet.tsx";

interface Place {
  code: string;
  community: string;
  committee: string;
  address: string;
  building: string;
  entrance: string;
  phone: string;
}

const short = (url: string) => url.replace(/^https?:\/\//, "");
const nameOf = (place: Place) => `${place.community} ${place.building}${place.entrance}`;

/** The notice for the stairwell's door. */
export function DeskPoster({ place, size, url }: { place: Place & { stage: string }; size: PaperSize; url: string }) {
  return (
    <PortalPage desk phone={place.phone} crumbs={[{ label: nameOf(place), href: paths.deskStairwell(place.code) }, { label: desk.posterTitle }]} title={{ title: desk.posterTitle, lead: desk.printHint(size) }}>
      <Actions>
        <ButtonLink href={paths.deskPoster(place.code, size === "a4" ? "a3" : undefined)}>{desk.posterOther[size]}</ButtonLink>
      </Actions>
      <DoorPoster
        size={size}
        place={`${place.committee} · ${place.address}`}
        stairwell={nameOf(place)}
        url={url}
        address={short(url)}
        sentences={desk.posterSentences[["intent", "reserve"].includes(place.stage) ? "wish" : "way"]}
        phone={{ number: place.phone, label: site.callCommittee }}
      />
    </PortalPage>
  );
}

export interface DeskSlipsProps {
  place: Place;
  slips: readonly { room: string; code: string; url: string }[];
  layout: SlipLayout;
  formKey: string;
  reply: Reply | undefined;
}

/** A letter for each flat, with the code that proves an intent is from it. */
export function DeskSlips({ place, slips, layout, formKey, reply }: DeskSlipsProps) {
  return (
    <PortalPage desk phone={place.phone} crumbs={[{ label: nameOf(place), href: paths.deskStairwell(place.code) }, { label: desk.slipsTitle }]} title={{ title: desk.slipsTitle, lead: slips.length === 0 ? desk.slipsLead : desk.slipsPrint[layout](slips.length) }}>
      <Stack>
        {slips.length === 0 ? (
          <PlainForm formKey={formKey} reply={reply}>
            <Notice title={desk.slipsNone} />
            <Actions>
              <Button kind="primary" name="renew" value="no">
                {desk.slipsIssue}
              </Button>
            </Actions>
          </PlainForm>
        ) : (
          <>
            {reply && <ErrorSummary errors={reply.errors} />}
            <Actions>
              <ButtonLink href={paths.deskSlips(place.code, layout === "letter" ? "quarters" : undefined)}>{desk.slipsOther[layout]}</ButtonLink>
            </Actions>
            <Folds>
              <Fold title={desk.slipsRenew}>
                <PlainForm formKey={reply?.formKey ?? formKey}>
                  <p>{desk.slipsRenewAsk(slips.length)}</p>
                  <Actions>
                    <Button kind="danger" name="renew" value="yes">
                      {desk.slipsRenewYes}
                    </Button>
                  </Actions>
                </PlainForm>
              </Fold>
            </Folds>
          </>
        )}
        {layout === "letter"
          ? slips.map(({ room, code, url }) => (
              <SlipSheet
                key={room}
                recipient={[desk.slipTo(room), nameOf(place), place.address]}
                sender={place.committee}
                title={desk.slipHead}
                paragraphs={desk.slipText}
                url={url}
                address={short(url)}
                code={code}
                codeNote={desk.slipCodeNote}
                phone={{ number: place.phone, label: site.callCommittee }}
              />
            ))
          : inGroups(slips, QUARTERS).map((four) => (
              <QuarterSlips
                key={four[0]?.room}
                slips={four.map(({ room, code, url }) => ({
                  room: desk.slipRoom(room), place: nameOf(place), sender: place.committee, text: desk.slipShort, url, address: short(url), code,
                  codeNote: desk.slipCodeShort, phone: { number: place.phone, label: site.callCommittee },
                }))}
              />
            ))}
      </Stack>
    </PortalPage>
  );
}
