import type { Storage } from "#app/integrations/storage.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import type { Db } from "#db/client.server.ts";
import type { Actor } from "./actor.server.ts";
import type { Limits } from "./rate-limit.server.ts";

/** What each loader and action is handed; there is no client singleton to import. */
export interface PortalContext {
  db: Db;
  vault: Vault;
  storage: Storage;
  /** The moment of the request. */
  now: Date;
  actor: Actor | undefined;
  /** What every form of the session has to bring; null where nobody is signed in. */
  formToken: string | null;
  /** Appears in the log line and on the error page of the same request. */
  reference: string;
  nonce: string;
  /** Origin for printed links and the request check. */
  origin: string;
  demo: boolean;
  /** The phone number of the subdistrict, for pages that know no committee. */
  hotline: string;
  subdistrictName: string;
  /** Where the request comes from, for rate limits. */
  address: string;
  secureCookies: boolean;
  /** Signs the small cookies that hold what a person is in the middle of. */
  cookieSecret: string;
  limits: Limits;
  /** Lets the page cache keep this answer until one of these tags is touched; `parameters` are those of the query that it reads. */
  keep(tags: string[], parameters?: readonly string[]): void;
  /** Answers with a stream that says when the consultation with this code changed, as long as the route lets the person in. */
  followConsultation(code: string): Response;
}

declare module "@remix-run/server-runtime" {
  interface AppLoadContext extends PortalContext {}
}
