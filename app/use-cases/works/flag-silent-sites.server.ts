import { silentDays } from "#app/domain/milestones.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { withTransaction } from "#db/client.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { findSilentSite, findSiteContact, insertSilence, listUnflaggedSites } from "#db/queries/site-silence.server.ts";
import { queueMessage } from "../outbox/queue-message.server.ts";
import type { Deps } from "../transact.server.ts";

/** How long the message about a silent site is worth sending, in milliseconds. */
const MESSAGE_LIFE = 2 * 86_400_000;

interface SilenceWords {
  /** What committee and agent read on the phone. */
  message: (home: string, days: string) => string;
  /** Is told of each site that could not be flagged; the others are. */
  onFailure: (stairwellId: number, error: Error) => void;
}

/**
 * Flags sites that nobody has reported from for fourteen days and writes to committee and agent: once for each silence,
 * each in a transaction of its own. Run again, or by two at once, it finds nothing more to do.
 *
 * @returns how many it flagged
 */
export async function flagSilentSites(deps: Deps, { message, onFailure }: SilenceWords): Promise<number> {
  let flagged = 0;
  for (const { stairwellId } of await listUnflaggedSites(deps.db, shanghaiDay(deps.now))) {
    try {
      if (await flag(deps, stairwellId, message)) flagged++;
    } catch (error) {
      onFailure(stairwellId, error as Error);
    }
  }
  return flagged;
}

function flag(deps: Deps, stairwellId: number, message: SilenceWords["message"]): Promise<boolean> {
  const { db, vault, now } = deps;
  const today = shanghaiDay(now);
  return withTransaction(db, async (tx) => {
    // Read again under the lock: somebody may have reported or flagged it in the meantime.
    const site = await findSilentSite(tx, stairwellId, today);
    if (!site || site.isFlagged) return false;
    const { subdistrictId, since, home } = site;
    const silenceId = await insertSilence(tx, { stairwellId, subdistrictId, since, at: now });
    const contact = await findSiteContact(tx, stairwellId);
    const sealed = [contact?.committeePhoneCipher ?? null, contact?.agentPhoneCipher ?? null].filter((phone) => phone !== null);
    const phones = [...new Set(sealed.map((phone) => vault.open(phone)))];
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: "portal",
      verb: "site-silent",
      subject: `site-silence:${silenceId}`,
      content: { since, messages: phones.length },
    });
    const params = { home, days: String(silentDays({ lastReport: null, since }, today)) };
    const expiresAt = new Date(now.getTime() + MESSAGE_LIFE);
    for (const phone of phones) {
      await queueMessage(tx, deps, { kind: "site-silent", phone, subdistrictId, text: message(params.home, params.days), params, expiresAt });
    }
    await touchPages(tx, [`stairwell:${stairwellId}`]);
    return true;
  });
}
