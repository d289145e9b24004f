/** The stored result of a check, bounded, however long the log. Plain JSON. */
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { JsonObject } from '../../kernel/index.js';
import { findingTitles, verdicts } from '../../law/regulation/index.js';
import type { CheckedCase, LogRead } from '../check.js';
import type { Counts, Figures } from '../figures.js';
import type { Unreadable } from '../log/event.js';
import { cited, placed } from '../report/rows.js';

const mostShown = 300;
const mostListed = 1000;
const mostUnreadable = 50;

interface ReportKeeper {
  add(checked: CheckedCase): void;
  unreadable(line: Unreadable): void;
  told(read: LogRead, figures: Figures, calendar: string, files: JsonObject): JsonObject;
}

export function keepReport(): ReportKeeper {
  const findings: JsonObject[] = [];
  const violations: JsonObject[] = [];
  const unreadable: JsonObject[] = [];
  const addTo = (list: JsonObject[], most: number, make: () => JsonObject): void => {
    if (list.length < most) list.push(make());
  };
  return {
    unreadable: ({ line, why }) => addTo(unreadable, mostUnreadable, () => ({ line, why })),
    add: ({ name, catalogue, duties, findings: found }) => {
      for (const { kind, provisions, unit, what, lines } of found)
        addTo(findings, mostShown, () => ({
          ...{ case: name, kind: findingTitles[kind], unit, what, lines: lines.slice(0, 20) },
          provisions: cited(provisions),
        }));
      for (const { norm, verdict, unit, openedAt, due, endedAt, workingDays, lines } of duties) {
        if (verdict === 'met' || verdict === 'open') continue;
        addTo(violations, mostShown, () => ({
          ...{ case: name, unit, verdict: verdicts[verdict], ...placed(catalogue, norm) },
          ...{ openedAt: toShanghaiIso(openedAt), due: due && toShanghaiIso(due) },
          ...{ endedAt: endedAt && toShanghaiIso(endedAt), workingDays },
          lines: lines.slice(0, 20),
        }));
      }
    },
    told: (read, figures, calendar, files) => {
      const catalogue = read.under.at(-1)?.catalogue;
      const normed = ([norm, counts]: readonly [string, Counts]): JsonObject => ({
        norm,
        ...placed(catalogue, norm),
        ...counts,
      });
      return {
        lines: read.lines,
        unreadableLines: read.unreadable,
        from: read.from && toShanghaiIso(read.from),
        asOf: toShanghaiIso(read.asOf),
        regulation: read.under.map(({ catalogue: { version } }) => `${version.title}（${version.version}）`),
        calendar,
        cases: figures.cases,
        impossible: figures.impossible,
        norms: [...figures.byNorm].map(normed),
        units: [...figures.byUnit]
          .flatMap(([unit, norms]) => [...norms].map((one) => ({ unit, ...normed(one) })))
          .slice(0, mostListed),
        kinds: [...figures.findings].map(([kind, count]) => ({ kind: findingTitles[kind], count })),
        findings,
        violations,
        left: (read.under.at(-1)?.left ?? []).map(({ norm, why }) => ({
          ...placed(catalogue, norm),
          why,
        })),
        unmapped: counted(read.unmapped),
        unknownValues: counted(read.unknownValues),
        missing: [...read.missing],
        unreadable,
        files,
      };
    },
  };
}

const counted = (counts: ReadonlyMap<string, number>): JsonObject[] =>
  [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostListed)
    .map(([name, count]) => ({ name, count }));
