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
