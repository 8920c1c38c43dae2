import { pinyin } from "pinyin-pro";

/**
 * How a name is typed without an input method: `haitangyuan` and `hty` for 海棠苑. Small letters without tones, ü as v;
 * letters and digits of the name stay, all else is left out.
 */
export function pinyinOf(name: string): { pinyin: string; initials: string } {
  const syllables = pinyin(name.normalize("NFKC"), { toneType: "none", type: "array", nonZh: "spaced", v: true }).map((syllable) =>
    syllable.toLowerCase().replace(/[^a-z0-9]/g, ""),
  );
  return { pinyin: syllables.join(""), initials: syllables.map((syllable) => syllable.charAt(0)).join("") };
}
