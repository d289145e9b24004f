/** The duties of a rehearsed case. They are kept, because outcome and behaviour both ask for them. */
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { dutiesOf, type Catalogue, type Duty } from '../../law/regulation/index.js';
import type { RehearsedCase } from './rehearsed-case.js';
import type { Stage } from './stage.js';

interface Kept {
  /** Number of entries. */
  readonly until: number;
  readonly duties: readonly Duty[];
}

type Entries = RehearsedCase['entries'];

/** By the case's growing list of entries. */
const kept = new WeakMap<Entries, Kept>();

/** By the law of its first day. */
export function dutiesLived(stage: Pick<Stage, 'catalogueOn'>, entries: Entries): readonly Duty[] {
  const known = kept.get(entries);
  if (known?.until === entries.length) return known.duties;
  const trail = entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
  const duties = entries.length === 0 ? [] : dutiesOf(catalogueOf(stage, entries), trail);
  kept.set(entries, { until: entries.length, duties });
  return duties;
}

export const catalogueOf = ({ catalogueOn }: Pick<Stage, 'catalogueOn'>, entries: Entries): Catalogue =>
  catalogueOn(toShanghaiIso(entries[0]?.at ?? new Date(0)).slice(0, 10));
