import { readHandouts } from "./http/handouts.server.ts";
import { handouts } from "./i18n/zh-CN/handouts.ts";
import { site } from "./i18n/zh-CN/site.ts";
import { paths } from "./paths.ts";
import { drawStack } from "./ui/handouts-pdf.server.ts";
import type { DrawOrder } from "./use-cases/handout/make-stack.server.ts";
import type { Deps } from "./use-cases/transact.server.ts";
import { slipCode } from "./use-cases/slip/issue-slips.server.ts";
import { listSlips } from "#db/queries/slips.server.ts";

/** Draws the sheets of a stairwell as they are when their turn comes; in the demo each says that it counts for nothing. */
export function stackDrawing({ db, vault }: Pick<Deps, "db" | "vault">, demo: boolean): DrawOrder {
  return async ({ consultation: code, stairwell, parts, origin }, onFlat) => {
    const found = await readHandouts({ db, origin }, code, stairwell);
    if (!found.open) return null;
    const numbers = new Map((await listSlips(db, found.stairwellId)).map(({ flatId, number }) => [flatId, number]));
    const slipOf = (flatId: number) => {
      const number = numbers.get(flatId) ?? null;
      if (number === null) return null;
      const slip = slipCode(vault, flatId, number);
      return { code: slip, url: origin + paths.slip(slip) };
    };
    const { consultation, address, flats } = found;
    return drawStack({
      title: handouts.stack.documentTitle(consultation, code),
      consultation, parts, address, onFlat,
      notice: demo ? site.demoPaper : null,
      flats: flats.map((flat) => ({ ...flat, slip: slipOf(flat.flatId) })),
    });
  };
}
