/** Checks a whole log against the regulation, case by case. */
import { Refusal } from '../kernel/index.js';
import type { Laws } from '../kernel/law.js';
import {
  judgeUnder,
  type Catalogue,
  type Finding,
  type Judge,
  type JudgeDeps,
  type LaidDuty,
} from '../law/regulation/index.js';
import { actReader, type Act, type ActReader } from './acts.js';
import { eventReader, type LogEvent, type LoggedCase, type Unreadable } from './log/event.js';
import { groupOnDisk } from './log/group-on-disk.js';
import type { RowSource } from './log/row.js';
import { columnsOf, shownBy, type Mapping } from './mapping.js';
import { recordedBy } from './recorded.js';

export interface CheckDeps extends Omit<JudgeDeps, 'words'> {
  /** The regulation in force at an instant. */
  readonly catalogueAt: (instant: Date) => Catalogue | Promise<Catalogue>;
  readonly laws: Laws;
}

export interface CheckedCase extends LoggedCase {
  readonly catalogue: Catalogue;
  readonly acts: readonly Act[];
  readonly duties: readonly LaidDuty[];
  readonly findings: readonly Finding[];
}

export interface LogRead {
  readonly lines: number;
  readonly unreadable: number;
  readonly from: Date | null;
  /** Until when the log is complete. */
  readonly asOf: Date;
  /** Activities that the mapping does not mention, with their number of lines. */
  readonly unmapped: ReadonlyMap<string, number>;
  /** Values that a value map of the mapping lacks: `column=value` → number of occurrences. */
  readonly unknownValues: ReadonlyMap<string, number>;
  /** Columns of the mapping that the log lacks. */
  readonly missing: readonly string[];
  /** Versions of the regulation that bound a case, and the norms that the log cannot show. */
  readonly under: readonly { readonly catalogue: Catalogue; readonly left: Judge['left'] }[];
}

export interface Sinks {
  readonly onUnreadable: (line: Unreadable) => void;
  readonly onCase: (checked: CheckedCase) => Promise<void>;
}

/** Data that is computed once per version of the regulation. */
interface UnderOne {
  readonly read: ActReader;
  readonly judge: Judge;
}

export async function checkLog(
  source: RowSource,
  mapping: Mapping,
  { catalogueAt, laws, ...deps }: CheckDeps,
  { onUnreadable, onCase }: Sinks,
): Promise<LogRead> {
  const unmapped = new Map<string, number>();
  const unknownValues = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string): void =>
    void counts.set(key, (counts.get(key) ?? 0) + 1);
  const shown = shownBy(mapping);
  const recorded = recordedBy(mapping);
  const made = new Map<Catalogue, UnderOne>();
  const under = (catalogue: Catalogue): UnderOne => {
    const known = made.get(catalogue) ?? {
      read: actReader(mapping, catalogue, (column, value) => count(unknownValues, `${column}=${value}`)),
      judge: judgeUnder(catalogue, shown, { ...deps, words: laws.today() }),
    };
    made.set(catalogue, known);
    return known;
  };

  const read = eventReader(mapping);
  const grouper = await groupOnDisk<LogEvent>();
  let [lines, unreadable, first, last] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  try {
    for await (const row of source.rows) {
      const event = read(row);
      if (!event) continue;
      lines += 1;
      if ('why' in event) {
        unreadable += 1;
        onUnreadable(event);
        continue;
      }
      first = Math.min(first, event.at);
      last = Math.max(last, event.at);
      if (!Object.hasOwn(mapping.activities, event.activity)) count(unmapped, event.activity);
      await grouper.add(event.case, event);
    }
    assertLog(source, mapping, lines);
    const asOf =
      mapping.asOf === undefined ? new Date(Number.isFinite(last) ? last : 0) : new Date(mapping.asOf);
    for await (const [name, events] of grouper.groups()) {
      const logged = {
        name,
        events: events.sort((one, other) => one.at - other.at || one.line - other.line),
      };
      const catalogue = await catalogueAt(new Date(logged.events[0]?.at ?? 0));
      const { read: readActs, judge } = under(catalogue);
      const acts = readActs(logged);
      await onCase({ ...logged, catalogue, acts, ...judge.judge(recorded(acts, asOf)) });
    }
    const versions = [...made].map(
      ([
        catalogue,
        {
          judge: { left },
        },
      ]) => ({ catalogue, left }),
    );
    const from = Number.isFinite(first) ? new Date(first) : null;
    return {
      lines,
      unreadable,
      from,
      asOf,
      unmapped,
      unknownValues,
      missing: missingIn(source, columnsOf(mapping)),
      under: versions,
    };
  } finally {
    await grouper.close();
  }
}

const missingIn = (source: RowSource, wanted: readonly string[]): string[] => {
  const there = new Set(source.columns());
  return wanted.filter((column) => !there.has(column));
};

/** @throws {Refusal} `input.invalid` for an empty log, or one without the columns that each line needs */
function assertLog(source: RowSource, mapping: Mapping, lines: number): void {
  if (lines === 0)
    throw new Refusal('input.invalid', '日志里没有一行可以对照', {
      remedy: '核对导出的文件；对照表里写了 only 的，核对它的列和值',
    });
  const needed = [mapping.case, mapping.activity, mapping.instant.column];
  const missing = missingIn(source, needed);
  if (missing.length === 0) return;
  throw new Refusal('input.invalid', `日志里没有列${missing.map((one) => `“${one}”`).join('、')}`, {
    remedy: `改对照表的 case、activity、instant；日志的列是：${source.columns().join('、')}`,
  });
}
