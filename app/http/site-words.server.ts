import { listFaults } from "#db/queries/site-faults.server.ts";
import { readWorks } from "#db/queries/works.server.ts";
import type { PortalContext } from "./context.server.ts";

/** What a daily report says. */
export interface SiteWords {
  work?: string;
  problems?: string;
  tomorrow?: string;
}

/** The words of a report from a site, opened for those who work there. */
export function readSiteWords({ vault }: Pick<PortalContext, "vault">, sealed: Buffer | null): SiteWords {
  return sealed ? (JSON.parse(vault.open(sealed)) as SiteWords) : {};
}

/** Faults and their steps with their words opened, and without the numbers of those who acted. */
function openFaults({ vault }: Pick<PortalContext, "vault">, faults: Awaited<ReturnType<typeof listFaults>>) {
  return faults.map(({ wordsCipher, steps, ...fault }) => ({
    ...fault,
    words: vault.open(wordsCipher),
    steps: steps.map(({ wordsCipher: sealed, id, faultId, kind, at, by, photos }) => ({ id, faultId, kind, at, by, photos, words: sealed && vault.open(sealed) })),
  }));
}

/** The faults of a stairwell's works, with the milestones that one can be found at. */
export async function readFaults(context: Pick<PortalContext, "db" | "vault">, stairwellId: number) {
  const [works, found] = await Promise.all([readWorks(context.db, stairwellId), listFaults(context.db, stairwellId)]);
  return { milestones: works?.plan.map(({ code, name }) => ({ code, name })) ?? [], faults: openFaults(context, found) };
}
