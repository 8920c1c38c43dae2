import { readFileSync } from "node:fs";
import { z } from "zod";

const Advisory = z.object({
  package: z.string(),
  /** Comparisons that hold together, sets of them separated by `||`, as npm writes them. */
  range: z.string().regex(/^[<>=]+\d[\w.-]*( [<>=]+\d[\w.-]*)*( \|\| [<>=]+\d[\w.-]*( [<>=]+\d[\w.-]*)*)*$/),
  id: z.string().regex(/^(GHSA(-[\w]{4}){3}|CVE-\d{4}-\d+)$/),
  about: z.string().min(1),
  /** Why an affected version may stay all the same. */
  accepted: z.string().min(20).optional(),
});
export type Advisory = z.infer<typeof Advisory>;

const List = z.object({ readOn: z.iso.date(), advisories: z.array(Advisory) });
export type AdvisoryList = z.infer<typeof List>;

export const ADVISORIES = "docs/advisories.json";

export function readAdvisories(): AdvisoryList {
  return List.parse(JSON.parse(readFileSync(ADVISORIES, "utf8")));
}

/** Every version of every package that an installation from the lock file brings, by name. */
export function lockedVersions(lock: string): Map<string, Set<string>> {
  const { packages } = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) }).parse(JSON.parse(lock));
  const locked = new Map<string, Set<string>>();
  for (const [place, { version }] of Object.entries(packages)) {
    const name = place.split("node_modules/").at(-1) ?? "";
    if (name !== "" && version) locked.set(name, (locked.get(name) ?? new Set()).add(version));
  }
  return locked;
}

const numbersOf = (version: string) => version.split(/[-+]/)[0]?.split(".").map(Number) ?? [];

/** Below nought where `a` comes before `b`; what comes before a release is taken for the release. */
function compare(a: string, b: string): number {
  const [one, other] = [numbersOf(a), numbersOf(b)];
  for (let index = 0; index < 3; index++) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function isAffected(version: string, range: string): boolean {
  return range.split(" || ").some((set) =>
    set.split(" ").every((comparison) => {
      const [, sign = "", bound = ""] = /^([<>=]+)(.*)$/.exec(comparison) ?? [];
      const order = compare(version, bound);
      return (sign.includes("<") && order < 0) || (sign.includes(">") && order > 0) || (sign.includes("=") && order === 0);
    }),
  );
}

/** The advisories that a locked version falls under. */
export function affectedBy(advisories: readonly Advisory[], locked: ReadonlyMap<string, ReadonlySet<string>>): Advisory[] {
  return advisories.filter((advisory) => [...(locked.get(advisory.package) ?? [])].some((version) => isAffected(version, advisory.range)));
}
