import type { PublicTest } from "#app/domain/public-consultation.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { Stack } from "./layout.tsx";
import { ResultBar } from "./result-bar.tsx";

/** The tests of a result as bars, each with its threshold and its sum; in words alone where figures would tell too much. */
export function ResultTests({ tests }: { tests: readonly PublicTest[] }) {
  const words = publicWords.stairwell.consultation;
  return (
    <Stack>
      {tests.map(({ test, need, strict, met, figures }) => (
        <ResultBar
          key={test}
          label={words.test(test)}
          met={met ? "yes" : "no"}
          verdict={figures ? words.verdict(need, strict, met, figures.needed) : words.noFigures(need, strict, met)}
          {...(figures && { value: words.value(figures.have, figures.of), share: figures.share, sum: figures.sum })}
        />
      ))}
    </Stack>
  );
}
