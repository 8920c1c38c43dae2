import { setRemindersOff } from "#db/queries/reminders.server.ts";
import { transact, type Deps, type Outcome } from "../transact.server.ts";

/** Whether the phone of an account gets reminders of running consultations from now on; all other messages go on. */
export function setReminders(deps: Deps, { accountId, reminders, formKey }: { accountId: number; reminders: "on" | "off"; formKey: string }): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `reminders ${reminders} ${accountId}` }, async (tx) => {
    await setRemindersOff(tx, accountId, reminders === "off" ? deps.now : null);
    return {};
  });
}
