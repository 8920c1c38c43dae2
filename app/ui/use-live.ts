import { useEffect, useRef, useState } from "react";

/** How long until a stream that was refused is asked for again, in ms. */
const AGAIN_AFTER = 30_000;

/**
 * Follows a stream that says when something changed, and looks anew each time; a hidden page does not follow, and looks
 * once it is seen again. One look at a time: what changes meanwhile is seen by the next.
 *
 * @returns whether what is shown keeps up: `lost` while nobody answers, `ended` when the session is over
 */
export function useLive(url: string, look: () => Promise<"fresh" | "silent" | "signed-out">): "on" | "lost" | "ended" {
  const [state, setState] = useState<"on" | "lost" | "ended">("on");
  const looking = useRef({ now: false, again: false });

  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;

    const lookAnew = async (): Promise<void> => {
      if (looking.current.now) {
        looking.current.again = true;
        return;
      }
      looking.current.now = true;
      const found = await look();
      looking.current.now = false;
      if (found === "signed-out") return end();
      setState(found === "fresh" ? "on" : "lost");
      if (looking.current.again && !over) {
        looking.current.again = false;
        await lookAnew();
      }
    };
    const close = () => {
      clearTimeout(timer);
      source?.close();
      source = undefined;
    };
    const end = () => {
      over = true;
      close();
      setState("ended");
    };
    const open = () => {
      close();
      if (over) return;
      source = new EventSource(url);
      // What changed before the stream was there, the first one included.
      source.addEventListener("open", () => void lookAnew());
      source.addEventListener("message", () => void lookAnew());
      source.addEventListener("ended", end);
      source.addEventListener("error", () => {
        setState("lost");
        // A browser asks anew by itself for what broke off, and never for what was refused.
        if (source?.readyState === EventSource.CLOSED) timer = setTimeout(() => void lookAnew().then(open), AGAIN_AFTER);
      });
    };
    const turn = () => (document.hidden ? close() : open());
    turn();
    document.addEventListener("visibilitychange", turn);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", turn);
      close();
    };
  }, [url, look]);

  return state;
}
