import { sql, type Kysely } from "kysely";

/** Tickets: what a resident asks or complains about, and every step until it is settled. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table ticket (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  flat_id integer references flat,
  kind text not null check (kind in ('noise', 'stop', 'quality', 'money', 'ballot-not-mine', 'other')),
  ballot_id integer references ballot,
  channel text not null check (channel in ('online', 'phone', 'walk-in')),
  opened_by integer references account,
  taken_by integer references account,
  contact_cipher bytea,
  contact_hash bytea,
  text_cipher bytea,
  opened_at timestamptz not null,
  due_on date not null,
  check ((kind = 'ballot-not-mine') = (ballot_id is not null)),
  check (text_cipher is not null or kind = 'ballot-not-mine'),
  check ((channel = 'online') = (opened_by is not null)),
  check ((channel = 'online') = (taken_by is null)),
  check (contact_hash is null or contact_cipher is not null)
);
create index ticket_stairwell on ticket (stairwell_id);
create index ticket_subdistrict on ticket (subdistrict_id, opened_at);
create index ticket_opener on ticket (opened_by) where opened_by is not null;
create index ticket_contact on ticket (contact_hash) where contact_hash is not null;
create index ticket_ballot on ticket (ballot_id) where ballot_id is not null;
comment on column ticket.opened_by is 'the resident''s account; by phone and at the counter there is a contact instead';
comment on column ticket.taken_by is 'who took it down for somebody who called or came';
comment on column ticket.contact_cipher is 'JSON {name, phone}, sealed; contact_hash is that of the phone';
comment on column ticket.due_on is 'the day by whose end it is to be answered; after a reopening that of its step';

create table ticket_step (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  ticket_id integer not null references ticket,
  kind text not null check (kind in ('accepted', 'assigned', 'answer', 'note', 'solved', 'not-solved', 'escalated')),
  side text not null check (side in ('resident', 'committee', 'agent', 'contractor', 'office', 'portal')),
  account_id integer references account,
  parties text[] check (cardinality(parties) > 0 and parties <@ array['committee', 'agent', 'contractor', 'office']),
  text_cipher bytea,
  due_on date,
  at timestamptz not null,
  check ((side = 'portal') = (account_id is null)),
  check ((kind = 'escalated') = (side = 'portal')),
  check ((kind = 'assigned') = (parties is not null)),
  check (kind not in ('answer', 'note') or text_cipher is not null),
  check (kind <> 'answer' or side <> 'resident'),
  check ((kind = 'not-solved') = (due_on is not null))
);
create index ticket_step_ticket on ticket_step (ticket_id, id);
comment on column ticket_step.side is 'for whom the account acted; a committee says solved or not on the word of somebody who called';
comment on column ticket_step.parties is 'who is asked to answer, all of them together';
comment on column ticket_step.due_on is 'the new due date of a reopened ticket';

-- Where a ticket stands, read from its steps. A round begins with the opening and with every "not solved". Asked is the
-- committee until others are; the round is answered when all who are asked have answered, or somebody in charge who was
-- not asked has answered for them.
create view ticket_standing as
  select t.id as ticket_id,
    coalesce(r.due_on, t.due_on) as due_on,
    coalesce(a.parties, array['committee']) as asked,
    coalesce(w.parties, array[]::text[]) as answered,
    coalesce(m.escalated, false) as escalated,
    case
      when m.solved then 'solved'
      when coalesce(a.parties, array['committee']) <@ w.parties or not (w.parties <@ coalesce(a.parties, array['committee'])) then 'answered'
      when a.id is not null then 'assigned'
      when m.accepted then 'accepted'
      when r.id is not null then 'reopened'
      else 'opened'
    end as state
  from ticket t
  left join lateral (
    select s.id, s.due_on from ticket_step s where s.ticket_id = t.id and s.kind = 'not-solved' order by s.id desc limit 1
  ) r on true
  left join lateral (
    select s.id, s.parties from ticket_step s
    where s.ticket_id = t.id and s.kind = 'assigned' and s.id > coalesce(r.id, 0) order by s.id desc limit 1
  ) a on true
  left join lateral (
    select array_agg(distinct s.side) as parties from ticket_step s
    where s.ticket_id = t.id and s.kind = 'answer' and s.id > coalesce(a.id, r.id, 0)
  ) w on true
  left join lateral (
    select bool_or(s.kind = 'solved') as solved, bool_or(s.kind = 'accepted') as accepted, bool_or(s.kind = 'escalated') as escalated
    from ticket_step s where s.ticket_id = t.id and s.id > coalesce(r.id, 0)
  ) m on true;
`.execute(db);

  for (const table of ["ticket", "ticket_step"]) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
  await sql`grant select on ticket_standing to jiati_app`.execute(db);
}
