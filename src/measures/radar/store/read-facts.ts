/**
 * Reads the facts of the last months from the entries placed in the tree. It goes sheet by sheet in
 * batches, each in its own transaction, because a transaction that stayed open would hold the tree
 * back.
 */
import {
  entriesBefore,
  readTexts,
  sizeOfTree,
  streamsOfReads,
  type SealedText,
} from '../../../accountability/index.js';
import type { Vault } from '../../../kernel/index.js';
import type { Database, Transaction } from '../../../platform/database/index.js';
import type { Catalogues } from '../../../law/regulation/index.js';
import { callersOf } from '../../../sheet/index.js';
import { likenessOf } from '../likeness.js';
import type { Look } from '../look.js';
import { sheetFacts } from '../read-sheet.js';
import { numberOf, rulesOfPattern, type RadarRules } from '../rules.js';

export interface FactDeps {
  readonly catalogues: Catalogues;
  readonly database: Database;
  readonly vault: Vault;
}

export interface Asked {
  readonly realm: 'live' | 'replay';
  /** Includes sheets received since this instant. */
  readonly since: Date;
}

export interface Watched {
  readonly sheets: number;
  /** Number of the tree's entries that were examined. */
  readonly size: number;
  /** Sheets left out because one of their entries was altered or cannot be read. */
  readonly unread: number;
}

interface SheetRow {
  readonly no: string;
  readonly district: string;
}

const sheetsAtOnce = 200;

/** Streams other than those of sheets. */
const assessmentStream = 'assessment';

/** @throws {Refusal} `vault.locked` */
export async function watchFacts(
  deps: FactDeps,
  rules: RadarRules,
  asked: Asked,
  into: Look,
): Promise<Watched> {
  const size = await deps.database.transaction(sizeOfTree);
  const least = numberOf(rulesOfPattern(rules, 'same-text'), 'leastText');
  let [sheets, unread, after] = [0, 0, ''];
  for (;;) {
    const [rows, leftOut] = await deps.database.transaction(async (transaction) => {
      const found = await sheetsAfter(transaction, asked, after);
      return [found, await watchSheets(deps, transaction, found, { rules, size, least, into })] as const;
    });
    [sheets, unread] = [sheets + rows.length, unread + leftOut];
    after = rows.at(-1)?.no ?? after;
    if (rows.length < sheetsAtOnce) break;
  }
  // Reads of callers' data and exclusions concern only real sheets.
  if (asked.realm === 'live') {
    await deps.database.transaction((transaction) => watchOthers(transaction, asked.since, size, into));
  }
  return { sheets, size, unread };
}

const sheetsAfter = (transaction: Transaction, { realm, since }: Asked, after: string): Promise<SheetRow[]> =>
  transaction.query<SheetRow>(
    `SELECT c.business_key AS no, coalesce(w.district, '') AS district
       FROM case_overview c LEFT JOIN sheet_overview w ON w.no = c.business_key
      WHERE c.realm = $1 AND c.started_at >= $2 AND c.business_key > $3
      ORDER BY c.business_key LIMIT ${sheetsAtOnce}`,
    [realm, since, after],
  );

/** @returns number of sheets left out */
async function watchSheets(
  { catalogues, vault }: FactDeps,
  transaction: Transaction,
  rows: readonly SheetRow[],
  { rules, size, least, into }: { rules: RadarRules; size: number; least: number; into: Look },
): Promise<number> {
  const nos = rows.map(({ no }) => no);
  const trails = await entriesBefore(transaction, nos, size);
  const callers = await callersOf(transaction, nos);
  const texts = likeness(await readTexts(vault, transaction, nos, rules.texts), least);
  const binding = await catalogues.binding(transaction);
  let unread = 0;
  for (const { no, district } of rows) {
    const trail = trails.soundOf(no);
    const [first] = trail ?? [];
    if (!trail) unread += 1;
    if (!trail || !first) continue;
    const { catalogue } = await binding(first.at);
    const beside = { no, district, caller: callers.get(no), texts: texts.get(no) ?? new Map() };
    const facts = sheetFacts(rules, catalogue, beside, trail);
    if (facts) into.sheet(facts);
  }
  return unread;
}

function likeness(texts: readonly SealedText[], least: number): ReadonlyMap<string, Map<number, string>> {
  const found = new Map<string, Map<number, string>>();
  for (const { stream, seq, text } of texts) {
    const like = likenessOf(text, least);
    if (like === undefined) continue;
    const sheet = found.get(stream) ?? new Map<number, string>();
    found.set(stream, sheet.set(seq, like));
  }
  return found;
}

async function watchOthers(transaction: Transaction, since: Date, size: number, into: Look): Promise<void> {
  const reads = await streamsOfReads(transaction, since);
  const trails = await entriesBefore(transaction, [...reads, assessmentStream], size);
  for (const stream of reads) {
    for (const entry of trails.soundOf(stream) ?? []) {
      if (entry.type !== 'caller.revealed' || entry.at < since) continue;
      const { actor, case: sheet } = entry.body;
      into.read({ stream, seq: entry.seq, at: entry.at, actor, sheet });
    }
  }
  for (const entry of trails.soundOf(assessmentStream) ?? []) {
    if (entry.type !== 'exclusion.granted' && entry.type !== 'exclusion.refused') continue;
    if (entry.at < since) continue;
    const { actor, unit, sheet } = entry.body;
    const granted = entry.type === 'exclusion.granted';
    into.exclusion({ stream: assessmentStream, seq: entry.seq, actor, unit, sheet, granted });
  }
}
