/** Loads an official text: checks it, stores it with its SHA-256 and records the act in the trail. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { write } from '../../accountability/index.js';
import type { Journal } from '../../engine/index.js';
import type { Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { readOfficialText } from './official-text.js';
import { textProjector } from './projectors.js';
import { shippedCatalogues } from './shipped.js';
import { textOfVersion, type LoadedText } from './store/text-store.js';
import { regulationStream } from './versions.js';

export interface TextLoading {
  readonly text: LoadedText;
  /** True if the same bytes were already stored; nothing was written. */
  readonly known: boolean;
}

/** @throws {Refusal} `regulation.text-invalid` */
export async function loadOfficialText(
  deps: {
    readonly database: Database;
    readonly clock: Clock;
    readonly trail: Pick<Journal<Transaction>, 'append'>;
  },
  file: { readonly name: string; readonly bytes: Buffer; readonly actor: string },
): Promise<TextLoading> {
  const { text, catalogue } = readOfficialText(file.bytes, file.name, shippedCatalogues());
  const { key: regulation, version, inForceTo: effectiveTo } = catalogue.version;
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  return deps.database.transaction(async (transaction) => {
    const before = await textOfVersion(transaction, catalogue.version);
    if (before?.sha256 === sha256) return { text: before, known: true };
    const loadedAt = deps.clock.now();
    const source = basename(file.name);
    const { actor: loadedBy } = file;
    const loaded = { regulation, version, source, sha256, ...text, effectiveTo, loadedBy, loadedAt };
    const { effectiveFrom } = text;
    // `source`, not `file`: files named by an entry are part of audit bundles.
    const body = { actor: loadedBy, regulation, version, source, sha256, effectiveFrom, effectiveTo };
    const entry = { stream: regulationStream, type: 'regulation.text-loaded', at: loadedAt, body } as const;
    await write(transaction, textProjector, entry, { body: file.bytes, sentences: [...text.sentences] });
    await deps.trail.append(transaction, [entry]);
    return { text: loaded, known: false };
  });
}
