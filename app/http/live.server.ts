import { BOARDS_CHANNEL } from "#db/queries/log.server.ts";
import type { Listener } from "./listener.server.ts";

/** How often a stream says that it is there and looks whether it still may be; and when the browser has to ask anew. */
const TIMES = { beat: 20_000, life: 15 * 60_000 };

const MOST_OF_ACCOUNT = 4;
const MOST = 500;

/** Browsers wait so long before they ask anew for a stream that ended. */
const RETRY = 3_000;

interface Stream {
  topic: string;
  accountId: number;
  say(text: string): void;
  end(): void;
}

export interface Following {
  /** What it is about: the code of a consultation. */
  topic: string;
  accountId: number;
  /** Aborted when the client is gone. */
  signal: AbortSignal;
  /** Whether the person may still look; asked at every beat. */
  mayGoOn(): Promise<boolean>;
}

/**
 * Streams of server-sent events to the boards that are open. They say that something changed, never what: the page
 * reads that by itself, as whoever it is then.
 */
export class Live {
  #streams = new Set<Stream>();
  #times: typeof TIMES;
  #closed = false;

  constructor(times: Partial<typeof TIMES> = {}) {
    this.#times = { ...TIMES, ...times };
  }

  get size(): number {
    return this.#streams.size;
  }

  follow(listener: Listener): void {
    listener.on(BOARDS_CHANNEL, {
      heard: (topic) => this.changed(topic),
      // What was said in between is lost, so each board looks for itself.
      back: () => this.changed(),
    });
  }

  /** Tells the boards of a topic, or all of them, to look anew. */
  changed(topic?: string): void {
    for (const stream of this.#streams) if (topic === undefined || stream.topic === topic) stream.say("data: changed\n\n");
  }

  /** Opens a stream: 429 where the account has too many of them already, 503 where the process has. */
  open({ topic, accountId, signal, mayGoOn }: Following): Response {
    if (this.#closed || this.#streams.size >= MOST) return new Response(null, { status: 503, headers: { "Retry-After": "60" } });
    const own = [...this.#streams].filter((stream) => stream.accountId === accountId).length;
    if (own >= MOST_OF_ACCOUNT) return new Response(null, { status: 429, headers: { "Retry-After": "60" } });
    let leave = (): boolean => false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const encoder = new TextEncoder();
        const end = () => {
          if (leave()) controller.close();
        };
        const stream: Stream = { topic, accountId, say: (text) => controller.enqueue(encoder.encode(text)), end };
        leave = () => {
          clearInterval(beat);
          clearTimeout(life);
          signal.removeEventListener("abort", end);
          return this.#streams.delete(stream);
        };
        const look = async () => {
          // A database that is away says nothing about the person.
          const may = await mayGoOn().catch(() => true);
          if (!this.#streams.has(stream)) return;
          stream.say(may ? ":\n\n" : "event: ended\ndata: ended\n\n");
          if (!may) end();
        };
        const beat = setInterval(() => void look(), this.#times.beat).unref();
        const life = setTimeout(end, this.#times.life).unref();
        signal.addEventListener("abort", end);
        this.#streams.add(stream);
        stream.say(`retry: ${RETRY}\n\n`);
        if (signal.aborted) end();
      },
      cancel: () => void leave(),
    });
    // The connection ends with the stream, so that a process that goes down does not wait for it.
    return new Response(body, { headers: { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no", Connection: "close" } });
  }

  /** Ends all streams and opens no more. */
  close(): void {
    this.#closed = true;
    for (const stream of [...this.#streams]) stream.end();
  }
}
