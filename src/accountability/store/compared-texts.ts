/** Sealed texts as their rows have them, for comparison with the digests in their entries. */
import { sealDigest, Refusal, type Vault } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { readEntry } from '../events/read-entry.js';
import { sealedPlace } from '../trail/sealed-box.js';

export const sealedTable = 'sealed_value';

/** In hexadecimal. */
const saltLength = 32;

export interface OpenedText {
  /** Without the salt; undefined if the box does not open at this place. */
  readonly text: string | undefined;
  /** SHA-256(salt ‖ text), hex. */
  readonly digest: string | undefined;
}

export function openText(vault: Vault, place: readonly [string, number, string], box: Buffer): OpenedText {
  try {
    const opened = vault.open(box, sealedPlace(...place));
    const [salt, text] = [opened.slice(0, saltLength), opened.slice(saltLength)];
    return { text, digest: sealDigest(salt, text) };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'vault.locked')
      return { text: undefined, digest: undefined };
    throw error;
  }
}

/** Up to when reasons outside cases were erased, as sound entries of retention say; undefined before the first time. */
export async function reasonsErasedBefore(transaction: Transaction): Promise<Date | undefined> {
  const rows = await transaction.query<Parameters<typeof readEntry>[0]>(
    `SELECT stream, seq, type, at, leaf, body FROM trail_entry WHERE stream = 'retention' AND type = 'data.erased'`,
  );
  const instants = rows.map(readEntry).flatMap((entry) => {
    if (entry.type !== 'data.erased' || entry.body.class !== 'reasons') return [];
    return [Date.parse(entry.body.before)];
  });
  return instants.length > 0 ? new Date(Math.max(...instants)) : undefined;
}

/** Erased ones are missing. */
export async function comparedTexts(transaction: Transaction, vault: Vault, streams: readonly string[]) {
  const rows = await transaction.query<{ stream: string; seq: number; name: string; box: Buffer }>(
    'SELECT stream, seq, name, box FROM sealed_value WHERE stream = ANY ($1) ORDER BY stream, seq, name',
    [streams],
  );
  return rows.map(({ stream, seq, name, box }) => ({
    ...{ stream, seq, name },
    digest: openText(vault, [stream, seq, name], box).digest,
  }));
}
