import { setTimeout as pause } from "node:timers/promises";
import { Logger, run, type Runner, type Task } from "graphile-worker";
import type { Logger as Log } from "pino";
import { z } from "zod";
import type { Sms } from "./integrations/sms.server.ts";
import { deliverMessage } from "./use-cases/outbox/deliver-message.server.ts";
import { connect, type Db } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { DELIVER_MESSAGE, requeueMessages } from "#db/queries/outbox.server.ts";

const CONCURRENCY = 4;
const RESTART_MS = 2_000;

export interface Jobs {
  /** Takes no more jobs and ends when those that run have ended. */
  close(): Promise<void>;
}

interface JobsOptions {
  /** The database as the application reaches it; the queue is its schema graphile_worker. */
  url: string;
  vault: Vault;
  /** null: messages stay in the outbox, and their jobs in the queue. */
  sms: Sms | null;
  log: Log;
  clock?: () => Date;
}

/**
 * Runs the jobs of the queue in this process, as the application's role and over connections of its own, for a job may
 * hold one while a gateway takes its time. Several processes may share the queue.
 *
 * @throws when the queue cannot be reached at the start; later it is started again until it can
 */
export async function startJobs({ url, vault, sms, log, clock = () => new Date() }: JobsOptions): Promise<Jobs> {
  if (!sms) return { close: () => Promise.resolve() };
  const client = connect(url, { max: 2 * CONCURRENCY + 2, onLost: (error) => log.warn({ error: error.message }, "connection of the jobs lost") });
  const taskList = { [DELIVER_MESSAGE]: deliverTask({ db: client.db, vault, sms, log, clock }) };
  const begin = async (): Promise<Runner> => {
    const lost = await requeueMessages(client.db);
    if (lost > 0) log.info({ messages: lost }, "messages without a job have one again");
    return run({
      pgPool: client.pool,
      taskList,
      parsedCronItems: [],
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

/** Waits until the runner has ended by itself, or in order because `closing` said so. */
async function untilEnded(runner: Runner, closing: AbortSignal): Promise<void> {
  let stopped: Promise<void> | undefined;
  // Refused by one that is ending already.
  const stop = () => void (stopped = runner.stop().catch(() => {}));
  if (closing.aborted) stop();
  else closing.addEventListener("abort", stop, { once: true });
  // Why it ended it has told its logger.
  await runner.promise.catch(() => {});
  closing.removeEventListener("abort", stop);
  await stopped;
}

const MessageJob = z.object({ id: z.number().int() });

/** An error is how a task asks for another attempt: after e, e², e³ … seconds. */
function deliverTask({ db, vault, sms, log, clock }: { db: Db; vault: Vault; sms: Sms; log: Log; clock: () => Date }): Task {
  return async (payload) => {
    const { id } = MessageJob.parse(payload);
    const delivery = await deliverMessage({ db, vault, now: clock() }, sms, id);
    if (delivery.state === "dead") log.warn({ message: id, reason: delivery.reason }, "message given up");
    if (delivery.state === "later") throw new Error(`message ${id} not sent: ${delivery.reason}`);
    if (delivery.state === "busy") throw new Error(`message ${id} is being sent by another`);
  };
}

/** Of each message its first line: what follows is a stack. */
function toLog(log: Log): Logger {
  const levels = { error: "error", warning: "warn", info: "debug", debug: "debug" } as const;
  return new Logger(() => (level, message, meta) => log[meta?.["failure"] ? "warn" : levels[level]](message.split("\n", 1)[0]));
}
