import type { Scope } from "#app/domain/consultation.ts";
import { deadline } from "#app/i18n/zh-CN/dates.ts";
import { reading as words } from "#app/i18n/zh-CN/reading.ts";
import { paths } from "#app/paths.ts";
import { Card } from "./card.tsx";
import { Facts } from "./facts.tsx";
import { Stack } from "./layout.tsx";

export interface BallotMatter {
  scope: Scope;
  community: string;
  entrance: string;
  /** When it passes, in one sentence, and by which law. */
  passes: string;
  source: string;
  closesAt: string | Date;
  /** The opening notice, where it is published. */
  notice: { id: number; title: string } | null;
}

/** What is decided, when it passes, until when: to be read before choosing. */
export function MatterCard({ matter }: { matter: BallotMatter }) {
  const { scope, community, entrance, passes, source, closesAt, notice } = matter;
  return (
    <Card title={words.what}>
      <Stack>
        <p>
          <b>{words.matter(scope, community, entrance)}</b>
        </p>
        <Facts
          facts={[
            { term: words.passes, value: passes },
            { term: words.until, value: words.untilText(deadline(closesAt)) },
            ...(notice ? [{ term: words.notice, value: <a href={paths.notice(notice.id)}>{notice.title}</a> }] : []),
            { term: words.law, value: source },
          ]}
        />
        <p>{words.free}</p>
      </Stack>
    </Card>
  );
}
