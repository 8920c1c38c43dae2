import { mediationState } from "#app/domain/mediation.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { listMediation, type findOpinion } from "#db/queries/opinions.server.ts";
import type { PortalContext } from "./context.server.ts";

type Found = NonNullable<Awaited<ReturnType<typeof findOpinion>>>;

/** An opinion opened for somebody who may read it: its words, the answer, the mediation. Who gave it is the committee's alone. */
export async function openOpinion({ db, vault }: PortalContext, found: Found) {
  const { textCipher, answerCipher, answeredAt, contactCipher, at: _at, openedBy: _openedBy, ...opinion } = found;
  const steps = await listMediation(db, found.id);
  return {
    opinion: {
      ...opinion,
      text: vault.open(textCipher),
      answer: answerCipher && answeredAt ? { text: vault.open(answerCipher), day: shanghaiDay(answeredAt) } : null,
      steps: steps.map(({ textCipher: sealed, at: written, kind, party, outcome, heldOn }) => ({ step: kind, party, outcome, day: heldOn ?? shanghaiDay(written), text: vault.open(sealed) })),
      state: mediationState(steps.map(({ kind, outcome }) => ({ step: kind, outcome }))),
    },
    contact: contactCipher ? (JSON.parse(vault.open(contactCipher)) as { name: string | null; phone: string | null }) : null,
  };
}
