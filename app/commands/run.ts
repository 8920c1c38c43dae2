import { AlreadyRunning } from "#db/embedded.server.ts";
import { ConfigError } from "../config.server.ts";

/** Runs a command; what a person can mend is said in a line, everything else with its stack. */
export async function run(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const expected = error instanceof AlreadyRunning || error instanceof ConfigError || isPortTaken(error);
    process.stderr.write(`${expected ? say(error as Error) : (error as Error).stack}\n`);
    process.exit(1);
  }
}

/** Ends in order on Ctrl-C and SIGTERM: first the portal, then the database. A second signal does not wait. */
export function endOrderly(close: () => Promise<void>): void {
  let ending = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (ending) process.exit(1);
      ending = true;
      void close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

function isPortTaken(error: unknown): error is NodeJS.ErrnoException {
  return (error as NodeJS.ErrnoException).code === "EADDRINUSE";
}

function say(error: Error): string {
  return isPortTaken(error) ? `端口 ${(error as { port?: number }).port ?? ""} 已被占用，请用 PORT=另一个端口 再启动。` : error.message;
}
