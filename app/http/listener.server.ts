import pg from "pg";

/** What listens on a channel: each notification, and how the connection fares. */
export interface Hearer {
  heard(payload: string): void;
  /** Until it is back, notifications go unheard. */
  lost?(): void;
  /** From now on none is missed; some may have been before. */
  back?(): void;
}

const AGAIN_AFTER = 500;

/** The one connection on which the process listens for NOTIFY, for all who want to hear; when it is lost, it is made anew. */
export class Listener {
  #hearers = new Map<string, Hearer>();
  #client: pg.Client | undefined;
  #closed = false;

  /** Hands the notifications of a channel on. To be called before `start`. */
  on(channel: string, hearer: Hearer): void {
    this.#hearers.set(channel, hearer);
  }

  async start(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url, keepAlive: true, options: "-c role=jiati_app" });
    this.#client = client;
    const lost = () => {
      if (this.#client !== client) return;
      this.#client = undefined;
      for (const hearer of this.#hearers.values()) hearer.lost?.();
      if (!this.#closed) setTimeout(() => void this.start(url), AGAIN_AFTER).unref();
    };
    client.on("error", lost);
    client.on("end", lost);
    client.on("notification", ({ channel, payload }) => this.#hearers.get(channel)?.heard(payload ?? ""));
    try {
      await client.connect();
      for (const channel of this.#hearers.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      for (const hearer of this.#hearers.values()) hearer.back?.();
    } catch {
      await client.end().catch(() => {});
      lost();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end().catch(() => {});
  }
}
