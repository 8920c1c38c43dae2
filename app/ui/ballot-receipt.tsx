import type { Choice } from "#app/domain/tally.ts";
import { deadline, shanghaiClock, shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { PlainForm } from "./checked-form.tsx";
import { Stack } from "./layout.tsx";
import { Receipt } from "./notice.tsx";

export interface CurrentBallot {
  seq: number;
  choice: Choice;
  channel: "online" | "paper" | "assisted" | "proxy";
  castAt: string | Date;
  receipt: string | null;
  /** The person, another owner's phone with its middle hidden, or staff. */
  by: "me" | (string & {}) | null;
  /** Until when the person may take it back. */
  undoUntil: string | Date | null;
  /** Whether it was signed on the screen, and the drawing where the person drew it. */
  signed: boolean;
  signature: string | null;
}

export interface BallotReceiptProps {
  consultation: { code: string; closesAt: string | Date };
  open: boolean;
  ballot: CurrentBallot;
  /** The code that opens this ballot at /verify. */
  opening: string | null;
  formKey: string;
}

const words = me.ballot;

/** What counts for a flat now: the receipt with the code that opens it, and for ten minutes the way back. */
export function BallotReceipt({ consultation, open, ballot, opening, formKey }: BallotReceiptProps) {
  const { seq, choice, channel, castAt, receipt, by, undoUntil, signed, signature } = ballot;
  return (
    <div id="receipt">
      <Stack>
        <Receipt
          title={words.recorded(words.choices[choice])}
          number={receipt ?? String(seq)}
          next={[
            open ? { title: words.until(deadline(consultation.closesAt)), detail: words.notMine } : { title: words.closedLead, detail: words.notMine },
            ...(opening ? [
                  {
                    title: words.opening.title,
                    detail: (
                      <>
                        {words.opening.how} <a href={paths.verify()}>{words.opening.verify}</a>
                      </>
                    ),
                  },
                ] : []),
          ]}
        >
          {opening && (
            <p className="receipt-number">
              <span>{words.opening.code}</span>
              <b>{opening}</b>
            </p>
          )}
          <p>{words.recordedAt(shortMoment(castAt), words.channels[channel], words.by(by))}</p>
          {signature ? (
            <p>
              <img className="signature-image" src={paths.file(signature, "thumbnail")} alt={words.signature.mine} />
            </p>
          ) : (
            signed && <p>{words.signature.with}</p>
          )}
        </Receipt>
        {open && undoUntil && (
          <PlainForm formKey={`${formKey}-undo`} action={paths.undoMyBallot(consultation.code)}>
            <input type="hidden" name="seq" value={seq} />
            <Button kind="danger" wide>
              {words.undo.button(shanghaiClock(undoUntil))}
            </Button>
          </PlainForm>
        )}
      </Stack>
    </div>
  );
}
