import { findAnswer, type Deps } from "../transact.server.ts";
import { severalAction, type Opened } from "./open-several-consultations.server.ts";

/** What became of each stairwell of a form that this clerk posted; undefined where there was none. */
export function readSeveralOpened(deps: Deps, { formKey, accountId }: { formKey: string; accountId: number }): Promise<Opened | undefined> {
  return findAnswer<Opened>(deps, { key: formKey, action: severalAction(accountId) });
}
