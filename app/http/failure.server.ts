/**
 * Errors that mean that the database is away, not that the portal is wrong: no connection (08), no room, memory or
 * connection left (53), going down or starting (57P0), its disk in trouble (58).
 */
const AWAY = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|08\w{3}|53\w{3}|57P0\w|58\w{3})$/;
const AWAY_IN_WORDS = /timeout exceeded when trying to connect|connection terminated|server closed the connection|is not queryable/i;

export function isDatabaseAway(error: unknown): boolean {
  const { code, message, cause } = (error ?? {}) as { code?: string; message?: string; cause?: unknown };
  if (AWAY.test(code ?? "") || AWAY_IN_WORDS.test(message ?? "")) return true;
  return cause !== undefined && isDatabaseAway(cause);
}

/** An error for the log: kind, message and place, never the values of a query. */
export function describe(error: unknown): { name: string; message: string; code?: string; stack?: string } {
  if (!(error instanceof Error)) return { name: "unknown", message: String(error) };
  const { name, message, stack } = error;
  const code = (error as { code?: string }).code;
  return { name, message, ...(code && { code }), ...(stack && { stack }) };
}

const failures = new WeakMap<object, { error?: unknown }>();

/** Where `noteFailure` leaves what a loader or action of the request with this context throws. */
export function awaitFailure(context: object): { error?: unknown } {
  const failure = {};
  failures.set(context, failure);
  return failure;
}

/** Notes what a loader or action threw, so that an absent database is answered as one. */
export function noteFailure(context: object, error: unknown): void {
  const failure = failures.get(context);
  if (failure) failure.error = error;
}
