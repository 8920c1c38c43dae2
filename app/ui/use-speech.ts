import { useEffect, useState } from "react";

/** As slow as somebody who reads to an older person; 1 is the browser's own pace. */
const RATE = 0.85;

/**
 * Reads sentences aloud, one after the other, where the browser can.
 *
 * @returns whether it can, whether it does, and what starts and stops it
 */
export function useSpeech(sentences: readonly string[]): { can: boolean; speaks: boolean; toggle: () => void } {
  const [can, setCan] = useState(false);
  const [speaks, setSpeaks] = useState(false);

  useEffect(() => {
    const speech = (window as Partial<Window>).speechSynthesis;
    setCan(speech !== undefined);
    // A browser goes on reading when the page has been left.
    const hush = () => speech?.cancel();
    window.addEventListener("pagehide", hush);
    return () => {
      window.removeEventListener("pagehide", hush);
      hush();
    };
  }, []);

  const toggle = () => {
    window.speechSynthesis.cancel();
    setSpeaks(!speaks);
    if (speaks) return;
    for (const [index, sentence] of sentences.entries()) {
      const said = Object.assign(new SpeechSynthesisUtterance(sentence), { lang: "zh-CN", rate: RATE });
      if (index === sentences.length - 1) said.onend = () => setSpeaks(false);
      window.speechSynthesis.speak(said);
    }
  };
  return { can, speaks, toggle };
}
