import { ui } from "#app/i18n/zh-CN/ui.ts";
import { roomOf, type AuthorisationHandout, type BallotHandout } from "#app/i18n/zh-CN/handouts.ts";
import { Facts } from "./facts.tsx";
import { PrintSheet } from "./print-sheet.tsx";
import { QrCode } from "./qr-code.tsx";

type Flat = { room: string } | null;

/** Where a sheet belongs, and its room so large that a stack is sorted at a glance. */
function SheetHead({ handout, flat, url }: { handout: Pick<BallotHandout, "title" | "committee" | "place" | "number"> & Partial<Pick<BallotHandout, "scan" | "area">>; flat: Flat; url?: string }) {
  const { room, unit } = roomOf(flat);
  return (
    <header className="handout-head">
      <div>
        <p>{handout.committee}</p>
        <h2>{handout.title}</h2>
        <p>
          <b>{handout.place}</b>
        </p>
        <p>{handout.number}</p>
        {handout.area !== undefined && <p>{handout.area}</p>}
      </div>
      <p className="handout-room" data-blank={room === "" || undefined}>
        {room} <span>{unit}</span>
      </p>
      {url !== undefined && (
        <div className="handout-scan">
          <QrCode value={url} label={ui.sheet.scanFor(`${room} ${unit}`)} />
          <p>{handout.scan}</p>
        </div>
      )}
    </header>
  );
}

function Boxes({ choices }: { choices: readonly string[] }) {
  return (
    <ul className="handout-boxes">
      {choices.map((choice) => (
        <li key={choice}>{choice}</li>
      ))}
    </ul>
  );
}

/** Lines to write on, each after its words. */
function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="handout-lines">
      {lines.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ul>
  );
}

/** The ballot (表决票) of one flat on one side of A4. The code leads whoever records it to this flat. */
export function BallotSheet({ handout, flat, url }: { handout: BallotHandout; flat: { room: string }; url: string }) {
  return (
    <PrintSheet kind="handout">
      <SheetHead handout={handout} flat={flat} url={url} />
      <h3 className="handout-question">{handout.question}</h3>
      {handout.facts.length > 0 && (
        <div className="handout-plan">
          <h3>{handout.planTitle}</h3>
          <Facts facts={handout.facts} />
        </div>
      )}
      <p>{handout.rule}</p>
      <div className="handout-answer">
        <p>{handout.how}</p>
        <Boxes choices={handout.choices} />
      </div>
      <div className="handout-answer">
        <p>{handout.sign}</p>
        <Lines lines={[...handout.signers, handout.day]} />
      </div>
      <footer className="handout-foot">
        <p>
          <b>{handout.handIn}</b>
        </p>
        <p>{handout.call}</p>
      </footer>
    </PrintSheet>
  );
}

/** The authorisation form (委托书) of one flat, or a blank one. */
export function AuthorisationSheet({ handout, flat }: { handout: AuthorisationHandout; flat: Flat }) {
  return (
    <PrintSheet kind="handout">
      <SheetHead handout={handout} flat={flat} />
      {handout.principal.names === "" ? (
        <Lines lines={[handout.principal.label]} />
      ) : (
        <p>
          {handout.principal.label} <b>{handout.principal.names}</b>
        </p>
      )}
      <p>{handout.text}</p>
      <Lines lines={handout.agent} />
      <div className="handout-answer">
        <p>{handout.how}</p>
        <Boxes choices={handout.choices} />
        <p>{handout.note}</p>
      </div>
      <Lines lines={[...handout.signers, handout.proxy, handout.day]} />
      <footer className="handout-foot">
        <p>
          <b>{handout.handIn}</b>
        </p>
        <p>{handout.call}</p>
      </footer>
    </PrintSheet>
  );
}
