import { hash } from "@node-rs/argon2";
import { newPassword } from "#app/domain/account.ts";
import type { Problem } from "#app/domain/problem.ts";

/** OWASP's settings for argon2id: 19 MiB, two passes, one lane; argon2id is the library's default. */
const SETTINGS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, SETTINGS);
}

/** Words that everybody guesses first at this portal. */
const PORTAL_WORDS = ["jiati", "dianti", "lift", "elevator", "shanghai", "加梯", "加梯一键通", "加装电梯", "电梯", "居委会", "街道", "上海"];

/** The least score of zxcvbn that is taken: more than 10⁸ guesses. */
const ENOUGH = 3;

/** The lists of common passwords take a second to be read and are needed rarely. */
let lists: Promise<{ check(password: string, words: string[]): { score: number } }> | undefined;

async function readLists() {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs: graphs }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs });
}

/**
 * Why a password cannot be taken: `password_short`, or `password_common` when it is easily guessed, also by somebody who
 * knows the person.
 *
 * @param about what others know: login, name, committee, community
 */
export async function whyPasswordIsRefused(password: string, about: readonly string[]): Promise<Problem | null> {
  if (!newPassword.safeParse(password).success) return { code: "password_short", at: "password" };
  const { check } = await (lists ??= readLists()).then((ready) => ({ check: ready.check.bind(ready) }));
  return check(password, [...PORTAL_WORDS, ...about]).score < ENOUGH ? { code: "password_common", at: "password" } : null;
}
