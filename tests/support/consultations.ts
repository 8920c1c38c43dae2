import type { Scope } from "#app/domain/consultation.ts";
import type { RulesetId } from "#app/domain/ruleset.ts";
import { addDays, endOfDay, shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { Choice } from "#app/domain/tally.ts";
import { castBallot, type BallotWay } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { certifyConsultation } from "#app/use-cases/consultation/certify-consultation.server.ts";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { closeConsultation } from "#app/use-cases/consultation/close-consultation.server.ts";
import { openConsultation } from "#app/use-cases/consultation/open-consultation.server.ts";
import { publishResult } from "#app/use-cases/consultation/publish-result.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import type { Db } from "#db/client.server.ts";
import { createAccount, createStairwell, formKey, testVault, type StairwellShape, type TestStairwell } from "./factories.ts";
import { scannedPage } from "./paper.ts";

export interface OpenedConsultation {
  /** Its code. */
  consultation: string;
  consultationId: number;
  stairwell: TestStairwell;
  /** Two clerks of its committee. */
  clerk: number;
  colleague: number;
  /** The dependencies of a use case, half an hour after the opening. */
  deps: Deps;
  /** The same after the deadline. */
  later: Deps;
  /** Records a ballot, online for whoever owns the flat unless another way is told; one from paper the colleague confirms. */
  cast(room: string, choice: Choice, way?: BallotWay, key?: string): ReturnType<typeof castBallot>;
  /** The same without the colleague. From paper it has its page, a proxy that of the authorisation too, unless another is told. */
  record(room: string, choice: Choice, way: BallotWay, key?: string): ReturnType<typeof castBallot>;
  /** A page of paper that waits to be typed. */
  scan(): Promise<number>;
  /** The colleague confirms the ballot of this number. */
  confirm(seq: number): ReturnType<typeof checkBallot>;
  /** The clerk closes it after the deadline. */
  close(key?: string): ReturnType<typeof closeConsultation>;
  /** The colleague certifies its result, and publishes it. */
  certify(key?: string): ReturnType<typeof certifyConsultation>;
  publish(key?: string): ReturnType<typeof publishResult>;
}

export interface ConsultationShape extends StairwellShape {
  scope?: Scope;
  ruleset?: RulesetId;
  now?: Date;
  /** What happens to the stairwell before the roll is frozen. */
  before?: (stairwell: TestStairwell) => Promise<void>;
}

/**
 * Opens a consultation of seven days through the use case itself: over a new stairwell that has been assessed, or, of a
 * whole community, over one in the reserve.
 */
export async function openedConsultation(db: Db, shape: ConsultationShape = {}): Promise<OpenedConsultation> {
  const { scope = "stairwell", now = new Date("2026-11-21T02:00:00Z"), before, ...rest } = shape;
  const { ruleset = scope === "community" ? "cn-civil-278-ordinary" : "cn-civil-278-major", ...stairwellShape } = rest;
  const stairwell = await createStairwell(db, { stage: scope === "community" ? "reserve" : "consultation", ...stairwellShape });
  await before?.(stairwell);
  const { subdistrictId, committeeId: scopeId } = stairwell;
  const clerk = await createAccount(db, "committee", { subdistrictId, scopeId });
  const colleague = await createAccount(db, "committee", { subdistrictId, scopeId });
  const closesOn = addDays(shanghaiDay(now), 7);
  const at = (moment: number): Deps => ({ db, vault: testVault, now: new Date(moment) });
  const opened = await openConsultation(at(now.getTime()), { stairwell: stairwell.code, scope, ruleset, closesOn, accountId: clerk, formKey: formKey() });
  if (!opened.ok) throw new Error(`not opened: ${opened.problem.code}`);
  const { consultation } = opened;
  const { id: consultationId } = await db.selectFrom("consultation").select("id").where("code", "=", consultation).executeTakeFirstOrThrow();
  const deps = at(now.getTime() + 30 * 60_000);
  const later = at(endOfDay(closesOn).getTime() + 60_000);
  const roll = await db.selectFrom("rollEntry").select("flatId").where("consultationId", "=", consultationId).execute();
  const flatIds = roll.map(({ flatId }) => flatId);
  const scan = () => scannedPage(db, { consultationId, subdistrictId, accountId: clerk, at: deps.now });
  const record: OpenedConsultation["record"] = async (room, choice, way, key = formKey()) => {
    const page = way.channel !== "online" && !("page" in way) && { page: await scan() };
    const authorisationPage = way.channel === "proxy" && !("authorisationPage" in way) && { authorisationPage: await scan() };
    return castBallot(deps, { ...way, ...page, ...authorisationPage, consultation, room, choice, accountId: clerk, formKey: key });
  };
  const confirm = (seq: number) => checkBallot(deps, { consultation, seq, verdict: "confirmed", accountId: colleague, formKey: formKey() });
  return {
    consultation, consultationId, stairwell, clerk, colleague, deps, later, record, scan, confirm,
    async cast(room, choice, way = { channel: "online", flatIds }, key = formKey()) {
      const cast = await record(room, choice, way, key);
      if (cast.ok && way.channel !== "online") await done(confirm(cast.seq));
      return cast;
    },
    close: (key = formKey()) => closeConsultation(later, { consultation, accountId: clerk, formKey: key }),
    certify: (key = formKey()) => certifyConsultation(later, { consultation, accountId: colleague, formKey: key }),
    publish: (key = formKey()) => publishResult(later, { consultation, accountId: colleague, formKey: key }),
  };
}

/** The answer of a use case that is to succeed. */
export async function done<T extends object>(outcome: Promise<({ ok: true } & T) | { ok: false; problem: { code: string } }>): Promise<T> {
  const answer = await outcome;
  if (!answer.ok) throw new Error(`refused: ${answer.problem.code}`);
  return answer;
}

/** Why a use case that is to be refused was, or "done". */
export async function refusalOf(outcome: Promise<{ ok: true } | { ok: false; problem: { code: string } }>): Promise<string> {
  const answer = await outcome;
  return answer.ok ? "done" : answer.problem.code;
}
