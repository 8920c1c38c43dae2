import { setTimeout as pause } from "node:timers/promises";
import { Logger, parseCronItems, run, type Runner, type Task } from "graphile-worker";
import type { Logger as Log } from "pino";
import { z } from "zod";
import { MOST_REMINDERS } from "./domain/reminder.ts";
import { stackDrawing } from "./stack-drawing.server.ts";
import { noticeMessages } from "./i18n/zh-CN/opinions.ts";
import { reminderWords } from "./i18n/zh-CN/reminders.ts";
import { siteSilentMessage } from "./i18n/zh-CN/construction.ts";
import type { Sms } from "./integrations/sms.server.ts";
import type { Storage } from "./integrations/storage.server.ts";
import { closeAtDeadline } from "./use-cases/consultation/close-at-deadline.server.ts";
import type { FileDeps } from "./use-cases/file/file-deps.server.ts";
import { sweepFiles } from "./use-cases/file/sweep-files.server.ts";
import { endOverNotices } from "./use-cases/notice/end-over-notices.server.ts";
import { remindOfNotices } from "./use-cases/notice/remind-of-notices.server.ts";
import { makeStack } from "./use-cases/handout/make-stack.server.ts";
import { MAKE_STACKS } from "./use-cases/handout/order-stack.server.ts";
import { splitStack } from "./use-cases/paper/split-stack.server.ts";
import { SPLIT_STACKS } from "./use-cases/paper/take-stack.server.ts";
import { recountWhenDue } from "./use-cases/record/recount-record.server.ts";
import { deliverMessage } from "./use-cases/outbox/deliver-message.server.ts";
import { flagOverdueTickets } from "./use-cases/ticket/flag-overdue-tickets.server.ts";
import { forgetWhatIsOver } from "./use-cases/retention/forget-what-is-over.server.ts";
import { remindOwners } from "./use-cases/reminder/remind-owners.server.ts";
import { flagSilentSites } from "./use-cases/works/flag-silent-sites.server.ts";
import type { Deps } from "./use-cases/transact.server.ts";
import { connect, withTransaction } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { listDueConsultations } from "#db/queries/consultations.server.ts";
import { DELIVER_MESSAGE, requeueMessages } from "#db/queries/outbox.server.ts";
import { deleteOverStacks, listUnmade } from "#db/queries/handout-stacks.server.ts";
import { listUnsplit } from "#db/queries/paper-uploads.server.ts";
import { listRemindable } from "#db/queries/reminders.server.ts";
import { queueRound } from "#db/queries/rounds.server.ts";

const CONCURRENCY = 4;
const RESTART_MS = 2_000;
/** When the ends of two jobs could not be recorded, a runner waits for ever to end itself (`batch` in graphile-worker 0.17.3). */
const GIVE_UP_MS = 3_000;

export interface Jobs {
  /** Takes no more jobs and ends when those that run have ended. */
  close(): Promise<void>;
}

interface JobsOptions {
  /** The database as the application reaches it; the queue is its schema graphile_worker. */
  url: string;
  vault: Vault;
  /** null: messages stay in the outbox, and their jobs in the queue; all other jobs run. */
  sms: Sms | null;
  storage: Storage;
  log: Log;
  clock?: () => Date;
  /** What is made for paper says that it counts for nothing. */
  demo?: boolean;
}

/** What a job works with: its use case's dependencies, taken anew for each run. */
type Running = (work: (deps: FileDeps) => Promise<void>) => Promise<void>;

const EVERY_MINUTE = "* * * * *";
/** For what falls due with the day: the first round after midnight finds it, wherever the clock's zone. */
const EVERY_HOUR = "4 * * * *";

/** At 19:24 UTC, which is 03:24 in Shanghai, when hardly anybody is there to wait. */
const EVERY_NIGHT = "24 19 * * *";

/**
 * What is looked after again and again, and once at the start: each does all that is due by the clock, so that a round
 * that was missed, cut short or run twice changes nothing in the end.
 */
const ROUNDS: Readonly<Record<string, { match: string; round: (deps: FileDeps, log: Log, running: { clock: () => Date; demo: boolean }) => Promise<void> }>> = {
  "close-due-consultations": { match: EVERY_MINUTE, round: closeDueConsultations },
  "remind-owners": { match: EVERY_HOUR, round: remindWhereDue },
  "recount-record": { match: EVERY_MINUTE, round: recountNightly },
  "end-notices": { match: EVERY_HOUR, round: endNotices },
  "flag-silent-sites": { match: EVERY_HOUR, round: flagSilent },
  "flag-overdue-tickets": { match: EVERY_HOUR, round: flagOverdue },
  [SPLIT_STACKS]: { match: EVERY_MINUTE, round: splitStacks },
  [MAKE_STACKS]: { match: EVERY_MINUTE, round: makeStacks },
  "sweep-files": { match: EVERY_HOUR, round: sweep },
  "forget-what-is-over": { match: EVERY_NIGHT, round: forget },
};

/**
 * Runs the jobs of the queue in this process, as the application's role and over connections of its own, for a job may
 * hold one while a gateway takes its time. Several processes may share the queue.
 *
 * @throws when the queue cannot be reached at the start; later it is started again until it can
 */
export async function startJobs({ url, vault, sms, storage, log, clock = () => new Date(), demo = false }: JobsOptions): Promise<Jobs> {
  const client = connect(url, { max: 2 * CONCURRENCY + 2, onLost: (error) => log.warn({ error: error.message }, "connection of the jobs lost") });
  const running: Running = (work) => work({ db: client.db, vault, storage, now: clock() });
  const taskList: Record<string, Task> = {
    ...Object.fromEntries(Object.entries(ROUNDS).map(([name, { round }]) => [name, () => running((deps) => round(deps, log, { clock, demo }))])),
    ...(sms && { [DELIVER_MESSAGE]: deliverTask(running, sms, log) }),
  };
  const begin = async (): Promise<Runner> => {
    const lost = sms ? await requeueMessages(client.db) : 0;
    if (lost > 0) log.info({ messages: lost }, "messages without a job have one again");
    for (const round of Object.keys(ROUNDS)) await queueRound(client.db, round);
    return run({
      pgPool: client.pool,
      taskList,
      parsedCronItems: parseCronItems(
        Object.entries(ROUNDS).map(([task, { match }]) => ({ task, match, options: { jobKey: task, maxAttempts: 1 } })),
      ),
      concurrency: CONCURRENCY,
      noHandleSignals: true,
      logger: toLog(log),
      // Without these, ends of jobs are recorded by promises that nobody awaits: neither a close nor a failure notices.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    });
  };

  let runner: Runner;
  try {
    runner = await begin();
  } catch (error) {
    await client.close();
    throw error;
  }
  const closing = new AbortController();
  const ended = keepRunning(runner, begin, closing.signal, log);
  return {
    async close() {
      closing.abort();
      await ended;
      await client.close();
    },
  };
}

/** A runner ends itself when it cannot record the end of a job, as when the database goes away at that moment. */
async function keepRunning(first: Runner, begin: () => Promise<Runner>, closing: AbortSignal, log: Log): Promise<void> {
  await untilEnded(first, closing);
  while (!closing.aborted) {
    await pause(RESTART_MS, undefined, { signal: closing }).catch(() => {});
    if (closing.aborted) return;
    try {
      await untilEnded(await begin(), closing);
    } catch (error) {
      log.error({ error: (error as Error).message }, "the job queue does not start");
    }
  }
}

/** Waits until the runner has ended by itself, or in order because `closing` said so, or is given up because it is broken. */
async function untilEnded(runner: Runner, closing: AbortSignal): Promise<void> {
  const broken = new Promise<void>((resolve) => {
    runner.events.once("pool:fatalError", () => void setTimeout(resolve, GIVE_UP_MS).unref());
  });
  let stopped: Promise<void> | undefined;
  // Refused by one that is ending already.
  const stop = () => void (stopped ??= runner.stop().catch(() => {}));
  if (closing.aborted) stop();
  else closing.addEventListener("abort", stop, { once: true });
  // Why it ended it has told its logger.
  await Promise.race([runner.promise.catch(() => {}), broken]);
  closing.removeEventListener("abort", stop);
  stop();
  await Promise.race([stopped, broken]);
}

const MessageJob = z.object({ id: z.number().int() });

/** An error is how a task asks for another attempt: after e, e², e³ … seconds. */
function deliverTask(running: Running, sms: Sms, log: Log): Task {
  return (payload) =>
    running(async (deps) => {
      const { id } = MessageJob.parse(payload);
      const delivery = await deliverMessage(deps, sms, id);
      if (delivery.state === "dead") log.warn({ message: id, reason: delivery.reason }, "message given up");
      if (delivery.state === "later") throw new Error(`message ${id} not sent: ${delivery.reason}`);
      if (delivery.state === "busy") throw new Error(`message ${id} is being sent by another`);
    });
}

/** One that cannot be closed keeps no other from it; the next round tries it again. */
async function closeDueConsultations(deps: Deps, log: Log): Promise<void> {
  for (const code of await listDueConsultations(deps.db, deps.now)) {
    try {
      const closing = await closeAtDeadline(deps, code);
      if (closing.ok) log.info({ consultation: code }, "consultation closed at its deadline");
    } catch (error) {
      log.error({ consultation: code, error: (error as Error).message }, "consultation not closed");
    }
  }
}

/** Where owners cannot be reminded, as at night, the next round tries again. */
async function remindWhereDue(deps: Deps, log: Log): Promise<void> {
  for (const consultation of await listRemindable(deps.db, { now: deps.now, most: MOST_REMINDERS })) {
    try {
      const reminded = await remindOwners(deps, { consultation, words: reminderWords, accountId: null });
      if (reminded.ok) log.info({ consultation, messages: reminded.messages }, "owners were reminded");
    } catch (error) {
      log.error({ consultation, error: (error as Error).message }, "owners not reminded");
    }
  }
}

/** Those whose period is over are ended, of those that run out soon the owners are reminded; by day, so a later round may have to. */
async function endNotices(deps: Deps, log: Log): Promise<void> {
  const failed = (notice: number, error: Error) => log.error({ notice, error: error.message }, "notice not looked after");
  const ended = await endOverNotices(deps, failed);
  const messages = await remindOfNotices(deps, noticeMessages, failed);
  if (ended + messages > 0) log.info({ ended, messages }, "notices were ended and recalled");
}

/** A ticket that cannot be flagged keeps no other from it; the next round tries it again. */
async function flagOverdue(deps: Deps, log: Log): Promise<void> {
  const flagged = await flagOverdueTickets(deps, (ticket, error) => log.error({ ticket, error: error.message }, "ticket not flagged"));
  if (flagged > 0) log.info({ tickets: flagged }, "tickets that are late were flagged");
}

/** A site that cannot be flagged keeps no other from it; the next round tries it again. */
async function flagSilent(deps: Deps, log: Log): Promise<void> {
  const onFailure = (stairwell: number, error: Error) => log.error({ stairwell, error: error.message }, "silent site not flagged");
  const flagged = await flagSilentSites(deps, { message: siteSilentMessage, onFailure });
  if (flagged > 0) log.info({ sites: flagged }, "silent sites were flagged");
}

/** One that cannot be split keeps no other from it; the next round tries it again, a few times. */
async function splitStacks(deps: FileDeps, log: Log, { clock }: { clock: () => Date }): Promise<void> {
  for (const upload of await listUnsplit(deps.db)) {
    try {
      const end = await splitStack(deps, upload, clock);
      if (end) log.info({ upload, ...("refused" in end ? { refused: end.refused.code } : end) }, "stack of paper split");
    } catch (error) {
      log.error({ upload, error: (error as Error).message }, "stack of paper not split");
    }
  }
}

/** The same for what is to be printed; what was not fetched in time is forgotten. */
async function makeStacks(deps: FileDeps, log: Log, { clock, demo }: { clock: () => Date; demo: boolean }): Promise<void> {
  await withTransaction(deps.db, (tx) => deleteOverStacks(tx, deps.now));
  const draw = stackDrawing(deps, demo);
  for (const stack of await listUnmade(deps.db)) {
    try {
      const end = await makeStack(deps, stack, { draw, clock });
      if (end) log.info({ stack, ...("refused" in end ? { refused: end.refused.code } : end) }, "stack of handouts made");
    } catch (error) {
      log.error({ stack, error: (error as Error).message }, "stack of handouts not made");
    }
  }
}

async function sweep(deps: FileDeps, log: Log): Promise<void> {
  const { dropped, erased, unfinished } = await sweepFiles(deps);
  if (dropped + erased + unfinished > 0) log.info({ dropped, erased, unfinished }, "files swept away");
}

async function forget(deps: Deps, log: Log): Promise<void> {
  const forgotten = await forgetWhatIsOver(deps);
  if (Object.keys(forgotten).length > 0) log.info({ forgotten }, "what has served its time was removed");
}

/** Of each message its first line: what follows is a stack. */
function toLog(log: Log): Logger {
  const levels = { error: "error", warning: "warn", info: "debug", debug: "debug" } as const;
  return new Logger(() => (level, message, meta) => log[meta?.["failure"] ? "warn" : levels[level]](message.split("\n", 1)[0]));
}

async function recountNightly(deps: Deps, log: Log): Promise<void> {
  const run = await recountWhenDue(deps);
  if (run && run.faults.length > 0) log.error({ faults: run.faults.length, consultations: run.consultations, chains: run.chains }, "the record does not hold");
}
