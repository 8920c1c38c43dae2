import { sql, type RawBuilder } from "kysely";
import { FORGOTTEN_NAME, type RetentionKind } from "#app/domain/retention.ts";
import type { Tx } from "../client.server.ts";

/** What is removed of a kind whose time was over at `before`, or that was made before it; `now` is when it was forgotten. */
type Forgetting = (before: Date, now: Date) => RawBuilder<unknown>[];

/** Solved, and nothing said since: a ticket that is still open is kept whatever its age. */
const oldTickets = (before: Date) => sql`
  select t.id from ticket t join ticket_standing w on w.ticket_id = t.id
  where w.state = 'solved' and t.opened_at < ${before}
    and not exists (select from ticket_step s where s.ticket_id = t.id and s.at >= ${before})`;

/** Sold or left, no flat any more, and on no roll that is still counted. */
const formerOwners = (before: Date) => sql`
  select o.id from owner o
  where exists (select from ownership p where p.owner_id = o.id)
    and not exists (select from ownership p where p.owner_id = o.id and (p.until is null or p.until >= ${before}))`;

/**
 * Residents' accounts without a flat that nobody has signed in to since, and whose tickets have lost their words; staff have a
 * login, and stay by name in what they have signed.
 */
const formerAccounts = (before: Date) => sql`
  select a.id from account a
  where a.login is null and a.phone_cipher is not null and a.created_at < ${before}
    and not exists (select from session s where s.account_id = a.id and s.created_at >= ${before})
    and not exists (select from ticket t where t.opened_by = a.id and t.forgotten_at is null)
    and not exists (select from "grant" g where g.account_id = a.id and (g.revoked_at is null or g.revoked_at >= ${before}))`;

const FORGETTING: Record<RetentionKind, Forgetting> = {
  limits: (before) => [sql`delete from rate_limit where expire < ${before.getTime()}`],
  codes: (before) => [sql`delete from phone_code where expires_at < ${before}`],
  drafts: (before) => [sql`delete from roll_draft where expires_at < ${before}`, sql`delete from handout_stack where expires_at < ${before}`],
  forms: (before) => [sql`delete from form_post where at < ${before}`],
  sessions: (before) => [sql`delete from session where expires_at < ${before} or ended_at < ${before}`],
  links: (before) => [sql`update objection_link set phone_cipher = null where expires_at < ${before} and phone_cipher is not null`],
  messages: (before) => [sql`delete from outbox where created_at < ${before}`],
  contacts: (before, now) => [
    sql`delete from intent_contact c using intent i where i.id = c.intent_id and i.filed_at < ${before}`,
    sql`delete from binding_contact c using binding_request r where r.id = c.request_id and r.requested_at < ${before}`,
    sql`update intent set filer_name = null, filer_phone_cipher = null, forgotten_at = ${now}
      where filed_at < ${before} and (filer_name is not null or filer_phone_cipher is not null)`,
  ],
  visits: (before) => [sql`delete from visit_note where at < ${before}`],
  tenants: (before) => [sql`delete from tenant where ended_at < ${before}`],
  tickets: (before, now) => [
    // Their photos go with them: the sweep erases what is marked.
    sql`update file set removed_at = ${now} where removed_at is null and stored_at is not null
      and id in (select file_id from ticket_photo where ticket_id in (${oldTickets(before)}))`,
    sql`update ticket_step set text_cipher = null, forgotten_at = ${now}
      where text_cipher is not null and ticket_id in (${oldTickets(before)})`,
    sql`update ticket set text_cipher = null, contact_cipher = null, contact_hash = null, forgotten_at = ${now}
      where forgotten_at is null and (text_cipher is not null or contact_cipher is not null) and id in (${oldTickets(before)})`,
  ],
  bindings: (before, now) => [
    sql`update binding_decision set note_cipher = null, forgotten_at = ${now} where at < ${before} and note_cipher is not null`,
    sql`update "grant" set revoke_reason_cipher = null where revoked_at < ${before} and revoke_reason_cipher is not null`,
  ],
  opinions: (before, now) => [
    sql`update opinion set contact_cipher = null, contact_hash = null, forgotten_at = ${now} where at < ${before} and contact_cipher is not null`,
  ],
  // The newest version says what the register says, and stays as long.
  rolls: (before, now) => [
    sql`update roll_version v set flats_cipher = null, forgotten_at = ${now} where at < ${before} and flats_cipher is not null
      and exists (select from roll_version n where n.stairwell_id = v.stairwell_id and n.number > v.number)`,
  ],
  owners: (before) => [
    sql`delete from owner_question where owner_a in (${formerOwners(before)}) or owner_b in (${formerOwners(before)})`,
    sql`update owner set name = ${FORGOTTEN_NAME}, phone_cipher = null, phone_hash = null, id_cipher = null, id_hash = null, name_tail_hash = null
      where id in (${formerOwners(before)}) and name <> ${FORGOTTEN_NAME}`,
  ],
  // A phone's key is demanded of every resident's account; this one is of no phone.
  accounts: (before) => [
    sql`update account set name = ${FORGOTTEN_NAME}, phone_cipher = null, phone_hash = sha256(uuid_send(gen_random_uuid())), active = false
      where id in (${formerAccounts(before)})`,
  ],
};

/** Removes what is over of a kind, and answers how many rows that were. */
export async function forgetKind(tx: Tx, kind: RetentionKind, { before, now }: { before: Date; now: Date }): Promise<number> {
  let rows = 0;
  for (const statement of FORGETTING[kind](before, now)) rows += Number((await statement.execute(tx)).numAffectedRows ?? 0);
  return rows;
}

/** Removes what entries of the log say that are older and of these verbs: the chain holds by their commitments. Answers how many. */
export async function redactLog(tx: Tx, { verbs, before, now, reason }: { verbs: readonly string[]; before: Date; now: Date; reason: string }): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into log_redaction (stairwell_id, seq, subdistrict_id, reason, at)
    select e.stairwell_id, e.seq, e.subdistrict_id, ${reason}, ${now}
    from log_entry e join log_content c using (stairwell_id, seq)
    where e.verb in (${sql.join(verbs)}) and e.at < ${before}
    on conflict do nothing`.execute(tx);
  await sql`
    delete from log_content c using log_entry e, log_redaction r
    where (e.stairwell_id, e.seq) = (c.stairwell_id, c.seq) and (r.stairwell_id, r.seq) = (c.stairwell_id, c.seq)
      and e.verb in (${sql.join(verbs)}) and e.at < ${before}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
