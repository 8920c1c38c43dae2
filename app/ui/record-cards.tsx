import { record } from "#app/i18n/zh-CN/record.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { Facts } from "./facts.tsx";
import { Stack } from "./layout.tsx";
import { WayOn } from "./link-list.tsx";
import { Notice } from "./notice.tsx";

/** What binds a certified result, to be copied onto paper, and the files for a full recount. */
export function SealCard({ consultation, seal }: { consultation: string; seal: { head: string; seq: number; key: string } }) {
  const words = record.seal;
  return (
    <Card title={words.title} foot={words.text}>
      <Stack>
        <Facts
          facts={[
            { term: words.head, value: <code>{seal.head}</code> },
            { term: words.seq, value: seal.seq },
            { term: words.key, value: <code>{seal.key}</code> },
          ]}
        />
        <ButtonLink href={paths.consultationRecount(consultation)} download>
          {words.recount}
        </ButtonLink>
        <ButtonLink href={paths.consultationLog(consultation)} download>
          {words.log}
        </ButtonLink>
        <WayOn href={paths.verify()}>{words.verify}</WayOn>
      </Stack>
    </Card>
  );
}

export interface NightlyRun {
  at: string | Date;
  consultations: number;
  chains: number;
  faults: readonly { kind: string; at: string }[];
}

/** What the nightly recount of the whole record found. */
export function NightlyCard({ run }: { run: NightlyRun | null }) {
  const words = record.nightly;
  if (!run) return <Notice title={words.title}>{words.none}</Notice>;
  if (run.faults.length === 0) return <Notice kind="success" title={words.title}>{words.good(run.at, run.consultations, run.chains)}</Notice>;
  return (
    <Notice kind="error" title={words.title}>
      <p>{words.bad(run.at, run.faults.length)}</p>
      <ul>
        {run.faults.slice(0, 20).map(({ kind, at }) => (
          <li key={`${kind} ${at}`}>{words.fault(kind, at)}</li>
        ))}
      </ul>
    </Notice>
  );
}
