import { sql } from "kysely";
import type { Db, Tx } from "../client.server.ts";

/** Something in the tables that the log does not vouch for, or the other way round. */
export interface RowFault {
  kind: string;
  /** Number of the row, or what the log says it was. */
  id: number;
  stairwell: string | null;
}

/**
 * Compares every row that people made with the log entry of its making, in one statement: rows without an entry,
 * entries without a row, rows that differ from what was written down. What an import brought has one entry a stairwell
 * with its numbers. Entries whose content was removed by retention vouch by their number, time and subject alone.
 */
export async function listRowFaults(db: Db | Tx): Promise<RowFault[]> {
  const { rows } = await sql<RowFault>`
    with entry as (
      select e.stairwell_id, e.seq, e.at, e.verb, split_part(e.subject, ':', 2)::integer as id, c.content
      from log_entry e left join log_content c using (stairwell_id, seq)
      where e.verb in ('ballot-cast', 'ballot-voided', 'ballot-checked', 'ballot-undone', 'intent-filed', 'intent-confirmed',
          'intent-rejected', 'consultation-opened', 'consultation-extended', 'consultation-withdrawn', 'consultation-closed',
          'consultation-reminded', 'consultation-certified', 'result-published', 'evidence-recorded', 'stage-moved',
          'plan-recorded', 'plan-withdrawn', 'ledger-entered', 'spending-entered', 'agreement-recorded', 'contract-signed', 'opinion-received', 'opinion-answered', 'mediation-step',
          'project-paused', 'project-resumed', 'project-disputed', 'project-settled', 'project-ended', 'project-unsuitable', 'project-suitable',
          'assessment-issued', 'works-planned', 'site-reported', 'milestone-confirmed', 'milestone-returned', 'site-silent',
          'fault-found', 'fault-rectified', 'fault-checked', 'fault-returned')
        and e.subject ~ '^(ballot|intent|consultation|evidence|stage-move|side-move|assessment|plan|ledger|spending|agreement|engagement|opinion|mediation|works-plan|site-report|site-silence|site-fault):[0-9]{1,9}$'
    ), cast_ballot as (
      select b.*, n.stairwell_id, n.code, n.opened_by, r.unit, g.file_id as signature
      from ballot b left join ballot_signature g on g.ballot_id = b.id join consultation n on n.id = b.consultation_id
      join roll_entry r on (r.consultation_id, r.flat_id) = (b.consultation_id, b.flat_id)
    ), filed as (
      select i.*, f.room from intent i join flat f on f.id = i.flat_id and f.stairwell_id = i.stairwell_id
    ), fault as (
      select 'ballot' as kind, coalesce(b.id, l.id) as id, coalesce(b.stairwell_id, l.stairwell_id) as stairwell_id
      from cast_ballot b full join (select * from entry where verb = 'ballot-cast') l on l.id = b.id and l.stairwell_id = b.stairwell_id
      where (b.id is not null and (
          l.id is null and b.opened_by is null and b.recorded_by is null
          or l.at = b.cast_at and (l.content is null or
            (l.content ->> 'consultation', l.content ->> 'room', l.content ->> 'seq', l.content ->> 'choice', l.content ->> 'channel')
              = (b.code, b.unit, b.seq::text, b.choice, b.channel)
            and l.content ->> 'receivedOn' is not distinct from b.received_on::text
            and l.content ->> 'signature' is not distinct from b.signature)
        )) is not true
      union all
      select 'void', coalesce(v.ballot_id, l.id), coalesce(b.stairwell_id, l.stairwell_id)
      from ballot_void v join cast_ballot b on b.id = v.ballot_id
      full join (select * from entry where verb = 'ballot-voided') l on l.id = v.ballot_id and l.stairwell_id = b.stairwell_id
      where (v.ballot_id is not null and (
          l.id is null and b.opened_by is null and v.confirmed_by is null
          or l.at = v.at and (l.content is null or l.content ->> 'reason' = v.reason)
        )) is not true
      union all
      select 'check', coalesce(k.ballot_id, l.id), coalesce(b.stairwell_id, l.stairwell_id)
      from ballot_check k join cast_ballot b on b.id = k.ballot_id
      full join (select * from entry where verb = 'ballot-checked') l on l.id = k.ballot_id and l.stairwell_id = b.stairwell_id
      where (k.ballot_id is not null and l.at = k.at
        and (l.content is null or l.content ->> 'verdict' = k.verdict and l.content ->> 'note' is not distinct from k.note)) is not true
      union all
      select 'undo', coalesce(u.ballot_id, l.id), coalesce(b.stairwell_id, l.stairwell_id)
      from ballot_undo u join cast_ballot b on b.id = u.ballot_id
      full join (select * from entry where verb = 'ballot-undone') l on l.id = u.ballot_id and l.stairwell_id = b.stairwell_id
      where (u.ballot_id is not null and l.at = u.at) is not true
      union all
      select 'intent', coalesce(i.id, l.id), coalesce(i.stairwell_id, l.stairwell_id)
      from filed i full join (select * from entry where verb = 'intent-filed') l on l.id = i.id and l.stairwell_id = i.stairwell_id
      where (i.id is not null and (
          l.id is null and i.import_no is not null
          or l.at = i.filed_at and (l.content is null or
            (l.content ->> 'room', l.content ->> 'choice', l.content ->> 'channel') = (i.room, i.choice, i.channel)
            and l.content ->> 'worry' is not distinct from i.worry and l.content ->> 'knownBy' is not distinct from i.known_by)
        )) is not true
      union all
      select 'intent-confirmation', coalesce(k.intent_id, l.id), coalesce(i.stairwell_id, l.stairwell_id)
      from intent_confirmation k join intent i on i.id = k.intent_id
      full join (select * from entry where verb = 'intent-confirmed') l on l.id = k.intent_id and l.stairwell_id = i.stairwell_id
      where (k.intent_id is not null and l.at = k.at) is not true
      union all
      select 'intent-rejection', coalesce(k.intent_id, l.id), coalesce(i.stairwell_id, l.stairwell_id)
      from intent_rejection k join intent i on i.id = k.intent_id
      full join (select * from entry where verb = 'intent-rejected') l on l.id = k.intent_id and l.stairwell_id = i.stairwell_id
      where (k.intent_id is not null and l.at = k.at) is not true
      union all
      select 'certificate', coalesce(f.consultation_id, l.id), coalesce(n.stairwell_id, l.stairwell_id)
      from certificate f join consultation n on n.id = f.consultation_id
      full join (select * from entry where verb = 'consultation-certified') l on l.id = f.consultation_id and l.stairwell_id = n.stairwell_id
      where (f.consultation_id is not null and (
          l.id is null and f.source = 'import' and n.opened_by is null
          or l.at = f.certified_at and (f.result ->> 'passed')::boolean = f.passed and (l.content is null or l.content -> 'result' = f.result)
        )) is not true
      union all
      select 'opening', coalesce(n.id, l.id), coalesce(n.stairwell_id, l.stairwell_id)
      from consultation n
      full join (select * from entry where verb = 'consultation-opened') l on l.id = n.id and l.stairwell_id = n.stairwell_id
      where (n.id is not null and (
          l.id is null and n.opened_by is null
          or l.at = n.opened_at and (l.content is null or (l.content ->> 'consultation', l.content ->> 'ruleset') = (n.code, n.ruleset_id)
            and coalesce(l.content -> 'rule' = n.ruleset, true)
            and (l.content ->> 'closesAt')::timestamptz
              = coalesce((select min(x.closes_at_before) from consultation_extension x where x.consultation_id = n.id), n.closes_at))
        )) is not true
      union all
      select 'closing', coalesce(n.id, l.id), coalesce(n.stairwell_id, l.stairwell_id)
      from (select * from consultation where closed_at is not null and withdrawn_at is null and opened_by is not null) n
      full join (select * from entry where verb = 'consultation-closed') l on l.id = n.id and l.stairwell_id = n.stairwell_id
      where (n.id is not null and l.at = n.closed_at) is not true
      union all
      select 'extension', coalesce(x.consultation_id, l.id), coalesce(x.stairwell_id, l.stairwell_id)
      from (
        select e.*, n.stairwell_id, row_number() over (partition by n.id order by e.closes_at) as number,
          coalesce(lead(e.closes_at_before) over (partition by n.id order by e.closes_at), n.closes_at) as goes_on_from
        from consultation_extension e join consultation n on n.id = e.consultation_id
      ) x
      full join (
        select *, row_number() over (partition by id order by seq) as number from entry where verb = 'consultation-extended'
      ) l on l.id = x.consultation_id and l.stairwell_id = x.stairwell_id and l.number = x.number
      where (x.consultation_id is not null and l.at = x.at and x.closes_at = x.goes_on_from and (l.content is null or
          ((l.content ->> 'from')::timestamptz, (l.content ->> 'until')::timestamptz, l.content ->> 'reason') = (x.closes_at_before, x.closes_at, x.reason)
        )) is not true
      union all
      select 'reminder', coalesce(x.consultation_id, l.id), coalesce(x.stairwell_id, l.stairwell_id)
      from (select r.*, n.stairwell_id from consultation_reminder r join consultation n on n.id = r.consultation_id) x
      full join (
        select *, row_number() over (partition by id order by seq) as number from entry where verb = 'consultation-reminded'
      ) l on l.id = x.consultation_id and l.stairwell_id = x.stairwell_id and l.number = x.number
      where (x.consultation_id is not null and l.at = x.at and (l.content is null or
          (l.content ->> 'number', l.content ->> 'messages') = (x.number::text, x.messages::text))) is not true
      union all
      select 'withdrawal', coalesce(n.id, l.id), coalesce(n.stairwell_id, l.stairwell_id)
      from (select * from consultation where withdrawn_at is not null) n
      full join (select * from entry where verb = 'consultation-withdrawn') l on l.id = n.id and l.stairwell_id = n.stairwell_id
      where (n.id is not null and l.at = n.withdrawn_at and (l.content is null or l.content ->> 'reason' = n.withdraw_reason)) is not true
      union all
      select 'publication', coalesce(n.id, l.id), coalesce(n.stairwell_id, l.stairwell_id)
      from (select * from consultation where published_at is not null and opened_by is not null) n
      full join (select * from entry where verb = 'result-published') l on l.id = n.id and l.stairwell_id = n.stairwell_id
      where (n.id is not null and l.at = n.published_at) is not true
      union all
      select 'evidence', coalesce(v.id, l.id), coalesce(v.stairwell_id, l.stairwell_id)
      from stage_evidence v
      full join (select * from entry where verb = 'evidence-recorded') l on l.id = v.id and l.stairwell_id = v.stairwell_id
      where (v.id is not null and l.at = v.at and (l.content is null or l.content ->> 'kind' = v.kind
          and (l.content ->> 'text', l.content ->> 'day', l.content ->> 'fileId') is not distinct from (v.text, v.day::text, v.file_id)
        )) is not true
      union all
      select 'plan', coalesce(p.id, l.id), coalesce(p.stairwell_id, l.stairwell_id)
      from plan_version p
      full join (select * from entry where verb = 'plan-recorded') l on l.id = p.id and l.stairwell_id = p.stairwell_id
      where (p.id is not null and l.at = p.at and (l.content is null or
          (l.content ->> 'number', l.content ->> 'version', l.content ->> 'firmId', l.content ->> 'agent', l.content ->> 'make', l.content ->> 'model',
            l.content ->> 'entry', l.content ->> 'position', l.content ->> 'priceFen', l.content ->> 'months')
            = (p.number::text, p.version::text, p.firm_id::text, p.agent, p.make, p.model, p.entry, p.position, p.price_fen::text, p.months::text)
          and (l.content ->> 'about', l.content ->> 'drawing', l.content ->> 'changed') is not distinct from (p.about, p.drawing, p.changed)
        )) is not true
      union all
      select 'plan-withdrawal', coalesce(p.id, l.id), coalesce(w.stairwell_id, l.stairwell_id)
      from plan_withdrawal w join plan_version p using (stairwell_id, number, version)
      full join (select * from entry where verb = 'plan-withdrawn') l on l.id = p.id and l.stairwell_id = w.stairwell_id
      where (w.number is not null and l.at = w.at and (l.content is null or l.content ->> 'reason' = w.reason)) is not true
      union all
      select 'consultation-plan', n.id, n.stairwell_id
      from consultation n
      left join consultation_plan b on b.consultation_id = n.id
      left join plan_version p on p.id = b.plan_version_id
      left join entry l on l.verb = 'consultation-opened' and l.id = n.id and l.stairwell_id = n.stairwell_id
      where (l.content is not null or l.id is null)
        and (l.content #>> '{plan,number}', l.content #>> '{plan,version}') is distinct from (p.number::text, p.version::text)
      union all
      select 'opinion', coalesce(o.id, l.id), coalesce(o.stairwell_id, l.stairwell_id)
      from opinion o
      full join (select * from entry where verb = 'opinion-received') l on l.id = o.id and l.stairwell_id = o.stairwell_id
      where (o.id is not null and l.at = o.at and (l.content is null
          or (l.content ->> 'kind', l.content ->> 'channel', l.content ->> 'receivedOn', l.content ->> 'text')
            = (o.kind, o.channel, o.received_on::text, encode(sha256(o.text_cipher), 'hex'))
        )) is not true
      union all
      select 'opinion-answer', coalesce(a.id, l.id), coalesce(a.stairwell_id, l.stairwell_id)
      from (select o.id, o.stairwell_id, w.at, w.text_cipher from opinion_answer w join opinion o on o.id = w.opinion_id) a
      full join (select * from entry where verb = 'opinion-answered') l on l.id = a.id and l.stairwell_id = a.stairwell_id
      where (a.id is not null and l.at = a.at and (l.content is null or l.content ->> 'text' = encode(sha256(a.text_cipher), 'hex'))) is not true
      union all
      select 'mediation', coalesce(m.id, l.id), coalesce(m.stairwell_id, l.stairwell_id)
      from (select s.*, o.stairwell_id from mediation_step s join opinion o on o.id = s.opinion_id) m
      full join (select * from entry where verb = 'mediation-step') l on l.id = m.id and l.stairwell_id = m.stairwell_id
      where (m.id is not null and l.at = m.at and (l.content is null
          or (l.content ->> 'step' = m.kind and l.content ->> 'outcome' is not distinct from m.outcome and l.content ->> 'text' = encode(sha256(m.text_cipher), 'hex'))
        )) is not true
      union all
      select 'stage-move', coalesce(m.id, l.id), coalesce(m.stairwell_id, l.stairwell_id)
      from stage_move m
      full join (select * from entry where verb = 'stage-moved') l on l.id = m.id and l.stairwell_id = m.stairwell_id
      where (m.id is not null and (
          -- Steps that came with a consultation, with the intents or with an import stand in the entry of that moment.
          l.id is null and exists (select from log_entry o where o.stairwell_id = m.stairwell_id and o.at = m.at
            and o.verb in ('consultation-opened', 'consultation-withdrawn', 'reserve-entered', 'reserve-left'))
          or l.id is null and m.account_id is null
          or l.at = m.at and (l.content is null or (l.content ->> 'from', l.content ->> 'to') = (m.from_stage, m.to_stage)
            and l.content ->> 'reason' is not distinct from m.reason)
        )) is not true
      union all
      select 'side-move', coalesce(m.id, l.id), coalesce(m.stairwell_id, l.stairwell_id)
      from side_move m
      full join (select * from entry where verb like 'project-%') l on l.id = m.id and l.stairwell_id = m.stairwell_id
      where (m.id is not null and l.at = m.at and (l.content is null
          or (l.content ->> 'from', l.content ->> 'to', l.content ->> 'reason', l.content ->> 'owner', l.content ->> 'nextDay')
            is not distinct from (m.from_state, m.to_state, m.reason, m.owner, m.next_day::text)
        )) is not true
      union all
      select 'assessment', coalesce(a.id, l.id), coalesce(a.stairwell_id, l.stairwell_id)
      from (select * from assessment where issued_at is not null) a
      full join (select * from entry where verb = 'assessment-issued') l on l.id = a.id and l.stairwell_id = a.stairwell_id
      where (a.id is not null and l.at = a.issued_at and (l.content is null or (l.content ->> 'grade') = a.grade
          and l.content -> 'factors' = (
            select jsonb_agg(jsonb_build_object('factor', f.factor, 'finding', f.finding, 'measured', f.measured::text, 'note', f.note, 'remedy', f.remedy, 'remedyBy', f.remedy_by)
              order by f.factor collate "C")
            from assessment_finding f where f.assessment_id = a.id)
        )) is not true
      union all
      select 'ledger', coalesce(m.id, l.id), coalesce(m.stairwell_id, l.stairwell_id)
      from ledger_entry m
      full join (select * from entry where verb = 'ledger-entered') l on l.id = m.id and l.stairwell_id = m.stairwell_id
      where (m.id is not null and l.at = m.at and (l.content is null or
          (l.content ->> 'kind', l.content ->> 'flatId', l.content ->> 'amountFen', l.content ->> 'onDay', l.content ->> 'about')
            = (m.kind, m.flat_id::text, m.amount_fen::text, m.on_day::text, m.about)
          and (l.content ->> 'receipt', l.content ->> 'scan', l.content ->> 'corrects') is not distinct from (m.receipt, m.scan, m.corrects::text)
        )) is not true
      union all
      select 'spending', coalesce(m.id, l.id), coalesce(m.stairwell_id, l.stairwell_id)
      from spending_entry m
      full join (select * from entry where verb = 'spending-entered') l on l.id = m.id and l.stairwell_id = m.stairwell_id
      where (m.id is not null and l.at = m.at and (l.content is null or
          (l.content ->> 'kind', l.content ->> 'item', l.content ->> 'amountFen', l.content ->> 'onDay', l.content ->> 'about')
            = (m.kind, m.item, m.amount_fen::text, m.on_day::text, m.about)
          and (l.content ->> 'receipt', l.content ->> 'scan', l.content ->> 'corrects') is not distinct from (m.receipt, m.scan, m.corrects::text)
        )) is not true
      union all
      select 'agreement', coalesce(a.id, l.id), coalesce(a.stairwell_id, l.stairwell_id)
      from agreement a
      full join (select * from entry where verb = 'agreement-recorded') l on l.id = a.id and l.stairwell_id = a.stairwell_id
      where (a.id is not null and l.at = a.at and (l.content is null or
          (l.content ->> 'signedOn', l.content -> 'items', l.content ->> 'complete') = (a.signed_on::text, to_jsonb(a.items), a.complete::text)
        )) is not true
      union all
      select 'contract', coalesce(g.id, l.id), coalesce(g.stairwell_id, l.stairwell_id)
      from engagement g
      full join (select * from entry where verb = 'contract-signed') l on l.id = g.id and l.stairwell_id = g.stairwell_id
      where (g.id is not null and l.at = g.at and (l.content is null or
          (l.content ->> 'firmId', l.content ->> 'role', l.content ->> 'name', l.content ->> 'contractNo', l.content ->> 'signedOn')
            = (g.firm_id::text, g.role, g.name, g.contract_no, g.signed_on::text)
        )) is not true
      union all
      select 'works-plan', coalesce(p.id, l.id), coalesce(p.stairwell_id, l.stairwell_id)
      from works_plan p full join (select * from entry where verb = 'works-planned') l on l.id = p.id and l.stairwell_id = p.stairwell_id
      where (p.id is not null and l.at = p.at and (l.content is null
        or l.content ->> 'number' = p.number::text and l.content ->> 'reason' is not distinct from p.reason
          and l.content -> 'milestones' = (
            select jsonb_agg(jsonb_build_object('code', m.code, 'name', m.name, 'start', m.starts_on, 'end', m.ends_on) order by m.place)
            from milestone m where m.plan_id = p.id))) is not true
      union all
      select 'site-report', coalesce(r.id, l.id), coalesce(r.stairwell_id, l.stairwell_id)
      from site_report r full join (select * from entry where verb = 'site-reported') l on l.id = r.id and l.stairwell_id = r.stairwell_id
      where (r.id is not null and l.at = r.at and (l.content is null
        or (l.content ->> 'milestone', l.content ->> 'kind', l.content ->> 'onDay') = (r.milestone, r.kind, r.on_day::text)
          and (l.content ->> 'cause', l.content ->> 'owner', l.content ->> 'nextDay', l.content ->> 'people')
            is not distinct from (r.cause, r.owner, r.next_day::text, r.people::text))) is not true
      union all
      select 'milestone-decision', coalesce(d.report_id, l.id), coalesce(r.stairwell_id, l.stairwell_id)
      from milestone_decision d join site_report r on r.id = d.report_id
      full join (select * from entry where verb like 'milestone-%') l on l.id = d.report_id and l.stairwell_id = r.stairwell_id
      where (d.report_id is not null and l.at = d.at and l.verb = 'milestone-' || d.verdict
        and (l.content is null or l.content ->> 'reason' is not distinct from d.reason)) is not true
      union all
      select 'site-silence', coalesce(q.id, l.id), coalesce(q.stairwell_id, l.stairwell_id)
      from site_silence q full join (select * from entry where verb = 'site-silent') l on l.id = q.id and l.stairwell_id = q.stairwell_id
      where (q.id is not null and l.at = q.at and (l.content is null or l.content ->> 'since' = q.since::text)) is not true
      union all
      select 'site-fault', coalesce(t.id, l.id), coalesce(t.stairwell_id, l.stairwell_id)
      from site_fault t full join (select * from entry where verb = 'fault-found') l on l.id = t.id and l.stairwell_id = t.stairwell_id
      where (t.id is not null and l.at = t.at
        and (l.content is null or (l.content ->> 'milestone', l.content ->> 'dueOn') = (t.milestone, t.due_on::text))) is not true
      union all
      select 'site-fault-step', coalesce(k.id, l.id), coalesce(t.stairwell_id, l.stairwell_id)
      from site_fault_step k join site_fault t on t.id = k.fault_id
      full join (select *, row_number() over (partition by id order by seq) as number from entry where verb like 'fault-%' and verb <> 'fault-found') l
        on l.id = k.fault_id and l.stairwell_id = t.stairwell_id
          and l.number = (select count(*) from site_fault_step b where b.fault_id = k.fault_id and b.id <= k.id)
      where (k.id is not null and l.at = k.at and l.verb = 'fault-' || k.kind) is not true
      union all
      select 'chain', c.seq, c.stairwell_id
      from chain c left join (
        select distinct on (stairwell_id) stairwell_id, seq, hash from log_entry order by stairwell_id, seq desc
      ) l on l.stairwell_id = c.stairwell_id
      where (c.seq, c.head) is distinct from (coalesce(l.seq, 0), coalesce(l.hash, decode(repeat('00', 32), 'hex')))
      union all
      select 'content', e.seq, e.stairwell_id
      from log_entry e left join log_content c using (stairwell_id, seq) left join log_redaction r using (stairwell_id, seq)
      where c.seq is null and r.seq is null
      union all
      select 'import', w.id, w.id
      from stairwell w
      left join (
        select e.stairwell_id, sum((c.content ->> 'ballots')::integer) as ballots, sum((c.content ->> 'intents')::integer) as intents
        from log_entry e join log_content c using (stairwell_id, seq) where e.verb = 'imported' group by e.stairwell_id
      ) l on l.stairwell_id = w.id
      left join (select stairwell_id, count(*) as n from cast_ballot where opened_by is null group by stairwell_id) b on b.stairwell_id = w.id
      left join (select stairwell_id, count(*) as n from intent where import_no is not null group by stairwell_id) i on i.stairwell_id = w.id
      where (coalesce(l.ballots, 0), coalesce(l.intents, 0)) <> (coalesce(b.n, 0), coalesce(i.n, 0))
    )
    select f.kind, f.id, w.code as stairwell from fault f left join stairwell w on w.id = f.stairwell_id
    order by w.code, f.kind, f.id`.execute(db);
  return rows;
}

/** What the log says was the roll of a consultation when it opened, and all its ballots when it closed. */
export function listDigests(db: Db | Tx) {
  return db
    .selectFrom("logEntry")
    .innerJoin("logContent", (join) =>
      join.onRef("logContent.stairwellId", "=", "logEntry.stairwellId").onRef("logContent.seq", "=", "logEntry.seq"),
    )
    .innerJoin("consultation", (join) => join.on("consultation.id", "=", sql<number>`split_part(log_entry.subject, ':', 2)::integer`))
    .select([
      "consultation.id", "consultation.code",
      sql<string | null>`log_content.content ->> 'rollDigest'`.as("roll"),
      sql<string | null>`log_content.content ->> 'castDigest'`.as("cast"),
    ])
    .where("logEntry.verb", "in", ["consultation-opened", "consultation-closed"])
    .where("logEntry.subject", "~", "^consultation:[0-9]{1,9}$")
    .execute();
}

export interface RecountRun {
  at: Date;
  consultations: number;
  chains: number;
  faults: { kind: string; at: string }[];
}

export async function insertRecountRun(tx: Tx, { faults, ...run }: RecountRun): Promise<void> {
  await tx.insertInto("recountRun").values({ ...run, faults: JSON.stringify(faults) }).execute();
}

/** The newest nightly recount, for the office's page. */
export async function findRecountRun(db: Db): Promise<RecountRun | undefined> {
  const row = await db.selectFrom("recountRun").select(["at", "consultations", "chains", "faults"]).orderBy("id", "desc").limit(1).executeTakeFirst();
  return row && { ...row, faults: row.faults as RecountRun["faults"] };
}
