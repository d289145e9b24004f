/** Versions of the dispatch table; append-only. Version 0 is the shipped sample. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cityPackage } from '../../kernel/package-root.js';
import { column, insert, type Entity, type Transaction } from '../../persistence/index.js';
import { dispatchRules, type DispatchRule } from '../dispatch-rules.js';

export interface RuleSet {
  /** 0: the shipped sample. */
  readonly version: number;
  readonly rules: readonly DispatchRule[];
  readonly reason: string;
  readonly savedAt: Date | null;
  readonly savedBy: string | null;
}

type SavedRules = RuleSet & { readonly savedAt: Date; readonly savedBy: string };

export const ruleSetEntity: Entity<SavedRules> = {
  name: 'dispatch_rule_set',
  columns: {
    version: column.key.integer,
    rules: { ...column.json, select: false },
    ...column.each(column.text, 'reason', 'savedBy'),
    savedAt: column.instant,
  },
};

export async function rulesInForce(transaction: Transaction): Promise<RuleSet> {
  const [row] = await transaction.prepared<RuleSet>(
    'dispatch-rules',
    `SELECT version, rules, reason, saved_at AS "savedAt", saved_by AS "savedBy"
       FROM dispatch_rule_set ORDER BY version DESC LIMIT 1`,
  );
  return row ?? sampleRules();
}

export const ruleVersions = (transaction: Transaction): Promise<Omit<RuleSet, 'rules'>[]> =>
  transaction.repository(ruleSetEntity).find({ order: { version: 'DESC' } });

/** Locks the table until the transaction ends: read the version after it. */
export async function lockRules(transaction: Transaction): Promise<void> {
  await transaction.query("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.dispatch_rule_set'))");
}

export const addRules = (transaction: Transaction, set: SavedRules): Promise<unknown> =>
  insert(transaction, ruleSetEntity, set);

/** Of the package. */
export function sampleRules(): RuleSet {
  const file = join(cityPackage(), 'regulation', 'dispatch-rules-sample.json');
  const { rules } = JSON.parse(readFileSync(file, 'utf8')) as { rules: unknown };
  return {
    version: 0,
    rules: dispatchRules.parse(rules),
    reason: '随程序附带的样本,没有经过批准',
    savedAt: null,
    savedBy: null,
  };
}

export interface PastSheet {
  readonly no: string;
  readonly kind: string;
  readonly district: string | null;
  readonly path: readonly string[];
  readonly trade: string | null;
}

/** The latest classified sheets, as input of the rules. */
export async function pastSheets(transaction: Transaction, most: number): Promise<PastSheet[]> {
  return transaction.query<PastSheet>(
    `SELECT w.no, w.kind, w.district, c.path, c.trade
       FROM (SELECT no, kind, district, received_at FROM sheet_overview
              WHERE realm = 'live' ORDER BY received_at DESC LIMIT $1::int) w
       CROSS JOIN LATERAL (SELECT path, trade FROM sheet_class s
                            WHERE s.work_order = w.no ORDER BY id DESC LIMIT 1) c
      ORDER BY w.received_at DESC`,
    [most],
  );
}
