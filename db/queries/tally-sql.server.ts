import { sql, type RawBuilder } from "kysely";
import type { TallyResult } from "#app/domain/tally.ts";
import type { Db, Tx } from "../client.server.ts";

export interface SqlTally {
  id: number;
  code: string;
  result: TallyResult;
}

/** Hundredths of a square metre as square metres with two decimals. */
const metres = (area: RawBuilder<unknown>) => sql`(div(${area}, 100)::text || '.' || lpad(mod(${area}, 100)::text, 2, '0'))`;

/**
 * The smallest whole number from 0 on that is at least (strict: more than) the quotient of two whole numbers, the
 * second above 0. With div(), since numeric division rounds.
 */
const leastQuotient = (dividend: RawBuilder<unknown>, divisor: RawBuilder<unknown>, strict: RawBuilder<unknown>) =>
  sql`case when ${dividend} < 0 then 0 when ${strict} then div(${dividend}, ${divisor}) + 1 else div(${dividend} + ${divisor} - 1, ${divisor}) end`;

/** Whether `have` is at least (strict: more than) num/den of `base`; of nothing, nothing is enough. */
const meets = (have: RawBuilder<unknown>, base: RawBuilder<unknown>, num: RawBuilder<unknown>, den: RawBuilder<unknown>, strict: RawBuilder<unknown>) =>
  sql`(${base} > 0 and case when ${strict} then ${have} * ${den} > ${base} * ${num} else ${have} * ${den} >= ${base} * ${num} end)`;

const FALSE = sql`false`;

/**
 * Counts consultations in one statement, from their rolls, ballots and the rules that were written down when they
 * opened. A second way to the result, which shares nothing with the first but the format: see `tallyRows`.
 *
 * @param asked one consultation or several; without it all of them
 */
export async function tallyInSql(db: Db | Tx, asked?: number | readonly number[]): Promise<SqlTally[]> {
  const ids = asked === undefined ? null : [asked].flat();
  const { rows } = await sql<SqlTally>`
    with counted as (
      select id, code, ruleset -> 'approval' ->> 'of' as base, (ruleset -> 'approval' ->> 'strict')::boolean as strict,
        ruleset -> 'quorum' as quorum, ruleset -> 'approval' as approval
      from consultation where ${ids}::integer[] is null or id = any(${ids}::integer[])
    ), counting as (
      select distinct on (b.consultation_id, b.flat_id) b.consultation_id, b.flat_id, b.choice
      from ballot b join counted on counted.id = b.consultation_id
      where not exists (select from ballot_ended e where e.ballot_id = b.id)
      order by b.consultation_id, b.flat_id, b.seq desc
    ), head as (
      select r.consultation_id as id, r.voter, count(*) as units, sum(r.area) as area, count(b.choice) as returned,
        case when count(b.choice) = 0 then 'none' when min(b.choice) = max(b.choice) then min(b.choice) else 'split' end as stance,
        coalesce(sum(r.area) filter (where b.choice = 'agree'), 0) as agree,
        coalesce(sum(r.area) filter (where b.choice = 'oppose'), 0) as oppose,
        coalesce(sum(r.area) filter (where b.choice = 'abstain'), 0) as abstain
      from roll_entry r join counted on counted.id = r.consultation_id
      left join counting b on b.consultation_id = r.consultation_id and b.flat_id = r.flat_id
      group by r.consultation_id, r.voter
    ), summed as (
      select c.id, coalesce(sum(h.units), 0) as units, array_agg(h.voter order by h.voter collate "C") filter (where h.stance = 'split') as unresolved,
        count(h.voter)::numeric as roll_h, count(h.voter) filter (where h.stance <> 'none')::numeric as part_h,
        count(h.voter) filter (where h.stance = 'agree')::numeric as agree_h, count(h.voter) filter (where h.stance = 'oppose') as oppose_h,
        count(h.voter) filter (where h.stance = 'abstain') as abstain_h, count(h.voter) filter (where h.stance = 'split') as split_h,
        count(h.voter) filter (where h.stance = 'agree' and h.returned = h.units)::numeric as worst_h,
        count(h.voter) filter (where h.stance in ('agree', 'none'))::numeric as best_h,
        coalesce(sum(h.area), 0)::numeric as roll_a, coalesce(sum(h.agree + h.oppose + h.abstain), 0)::numeric as part_a,
        coalesce(sum(h.agree), 0)::numeric as agree_a, coalesce(sum(h.oppose), 0)::numeric as oppose_a,
        coalesce(sum(h.abstain), 0)::numeric as abstain_a
      from counted c left join head h on h.id = c.id
      group by c.id
    ), measure as (
      select c.id, m.measure, m.place, c.strict, c.base = 'roll' as of_roll, m.roll, m.part, m.agree, m.worst, m.best,
        c.quorum ->> m.measure as quorum, c.approval ->> m.measure as approval,
        split_part(c.quorum ->> m.measure, '/', 1)::numeric as q_num, nullif(split_part(c.quorum ->> m.measure, '/', 2), '')::numeric as q_den,
        split_part(c.approval ->> m.measure, '/', 1)::numeric as a_num, nullif(split_part(c.approval ->> m.measure, '/', 2), '')::numeric as a_den
      from counted c join summed s using (id)
      cross join lateral (values
        ('heads', 1, s.roll_h, s.part_h, s.agree_h, s.worst_h, s.best_h),
        ('area', 2, s.roll_a, s.part_a, s.agree_a, s.agree_a, s.agree_a + s.roll_a - s.part_a)
      ) m (measure, place, roll, part, agree, worst, best)
    ), test as (
      select id, measure, 'quorum' as kind, place, quorum as need, false as strict, part as have, roll as of,
        ${meets(sql`part`, sql`roll`, sql`q_num`, sql`q_den`, FALSE)} as met, roll > 0 as met_at_worst, roll > 0 as met_at_best
      from measure where quorum is not null
      union all
      select id, measure, 'approval', place + 2, approval, strict, agree, case when of_roll then roll else part end,
        ${meets(sql`agree`, sql`(case when of_roll then roll else part end)`, sql`a_num`, sql`a_den`, sql`strict`)},
        ${meets(sql`worst`, sql`roll`, sql`a_num`, sql`a_den`, sql`strict`)},
        ${meets(sql`best`, sql`roll`, sql`a_num`, sql`a_den`, sql`strict`)}
      from measure where approval is not null
    ), verdict as (
      select c.id, coalesce(bool_and(t.met), true) as passed, coalesce(bool_and(t.met_at_worst), true) as at_worst,
        coalesce(bool_and(t.met_at_best), true) as at_best,
        coalesce(jsonb_agg(jsonb_build_object('test', t.kind || '-' || t.measure, 'need', t.need, 'strict', t.strict, 'met', t.met,
          'have', case t.measure when 'heads' then to_jsonb(t.have) else to_jsonb(${metres(sql`t.have`)}) end,
          'of', case t.measure when 'heads' then to_jsonb(t.of) else to_jsonb(${metres(sql`t.of`)}) end) order by t.place)
          filter (where t.kind is not null), '[]') as tests
      from counted c left join test t on t.id = c.id
      group by c.id
    ), further as (
      select id, measure, roll - part as left_over,
        case when quorum is null then 0 when roll > 0 then greatest(0, ${leastQuotient(sql`q_num * roll`, sql`q_den`, FALSE)} - part) end as for_quorum,
        case
          when approval is null then 0
          when of_roll then case when roll > 0 then greatest(0, ${leastQuotient(sql`a_num * roll`, sql`a_den`, sql`strict`)} - agree) end
          when a_num < a_den then greatest(case when part > 0 then 0 else 1 end,
            ${leastQuotient(sql`(a_num * part - a_den * agree)`, sql`(a_den - a_num)`, sql`strict`)})
          when strict or agree < part then null
          when part > 0 then 0 else 1
        end as for_approval
      from measure
    ), to_pass as (
      select id, measure, case when for_quorum <= left_over and for_approval <= left_over then greatest(for_quorum, for_approval) end as needed
      from further
    )
    select c.id, c.code, jsonb_build_object(
      'roll', jsonb_build_object('heads', s.roll_h, 'area', ${metres(sql`s.roll_a`)}, 'units', s.units),
      'participated', jsonb_build_object('heads', s.part_h, 'area', ${metres(sql`s.part_a`)}),
      'agree', jsonb_build_object('heads', s.agree_h, 'area', ${metres(sql`s.agree_a`)}),
      'oppose', jsonb_build_object('heads', s.oppose_h, 'area', ${metres(sql`s.oppose_a`)}),
      'abstain', jsonb_build_object('heads', s.abstain_h, 'area', ${metres(sql`s.abstain_a`)}),
      'split', jsonb_build_object('heads', s.split_h),
      'unresolved', to_jsonb(coalesce(s.unresolved, '{}')),
      'tests', v.tests,
      'passed', v.passed,
      'outlook', case when v.passed and v.at_worst then 'secured' when v.passed then 'passing' when v.at_best then 'open' else 'lost' end,
      'toPass', jsonb_build_object('heads', h.needed, 'area', ${metres(sql`a.needed`)})
    ) as result
    from counted c join summed s using (id) join verdict v using (id)
    join to_pass h on h.id = c.id and h.measure = 'heads'
    join to_pass a on a.id = c.id and a.measure = 'area'
    order by c.id`.execute(db);
  return rows;
}
