/**
 * A month's figures once more, from the trail alone, held against those that are stored: facts one by one, sums, and the
 * counts with which the run was started.
 */
import {
  endOfPeriod,
  factsOf,
  grantedIn,
  assessmentStream,
  countsOf,
  knowledgeFacts,
  knowledgeStream,
  knowledgeStreamOf,
  listClosings,
  methodOf,
  placeOfCursor,
  startOfPeriod,
  storedOfPeriod,
  streamsActive,
  tallies,
  type Closing,
  type Fact,
  type Period,
  type Realm,
  type Tally,
  type TrailStep,
} from '../../assessment/index.js';
import { entriesBefore, type Trail } from '../../accountability/index.js';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import type { Database } from '../../persistence/index.js';
import { runKey } from './close-period.js';

export interface Recomputed {
  readonly period: Period;
  readonly closed: boolean;
  /** Entries of the tree that were looked at. */
  readonly logSize: number;
  readonly sheets: number;
  readonly facts: number;
  /** In Chinese, each naming what differs. */
  readonly differences: readonly string[];
}

const batch = 500;

export async function recomputePeriod(
  deps: { readonly database: Database; readonly trail: Trail },
  realm: Realm,
  period: Period,
  progress: (sheets: number, of: number) => void = () => undefined,
): Promise<Recomputed> {
  const { database } = deps;
  const { closings, size, streams } = await database.transaction(async (transaction) => {
    const all = await listClosings(transaction, realm);
    const closing = all.find((one) => one.period === period);
    return {
      closings: all.filter(({ logSize }) => logSize <= (closing?.logSize ?? Number.MAX_SAFE_INTEGER)),
      size: closing?.logSize ?? (await placeOfCursor(transaction)),
      streams: await streamsActive(transaction, realm, startOfPeriod(period), endOfPeriod(period)),
    };
  });
  const closed = closings.some((one) => one.period === period);
  const granted = await database.transaction(async (transaction) =>
    grantedIn((await entriesBefore(transaction, [assessmentStream], size)).get(assessmentStream) ?? []),
  );
  const differences: string[] = [];
  const sums = new Map<string, Tally>();
  let facts = 0;
  const compare = async (part: readonly string[], found: readonly (Fact & { stream: string })[]) => {
    const counted = found.map((fact) => ({
      ...fact,
      excluded: granted.has(`${fact.stream}\n${fact.measure}\n${fact.opened}`),
    }));
    counted.filter(({ excluded }) => !excluded).forEach((fact) => addTo(sums, fact));
    facts += counted.length;
    const stored = await database.transaction((transaction) => storedOfPeriod(transaction, part, period));
    differences.push(...differing(counted.map(inWords), stored.map(inWords)));
  };
  for (let start = 0; start < streams.length; start += batch) {
    const part = streams.slice(start, start + batch);
    const steps = await database.transaction((transaction) => entriesBefore(transaction, part, size));
    await compare(
      part,
      part.flatMap((stream) =>
        countedIn(steps.get(stream) ?? [], closings, period, size).map((fact) => ({ ...fact, stream })),
      ),
    );
    progress(Math.min(start + batch, streams.length), streams.length);
  }
  if (closed && realm === 'live') {
    const stream = knowledgeStreamOf(period);
    const steps = await database.transaction((transaction) =>
      entriesBefore(transaction, [knowledgeStream], size),
    );
    const found = knowledgeFacts(steps.get(knowledgeStream) ?? [], period);
    await compare(
      [stream],
      found.map((fact) => ({ ...fact, stream })),
    );
  }
  const stored = await database.transaction((transaction) => tallies(transaction, realm, [period]));
  differences.push(...differing([...sums.values()].map(sumInWords), stored.map(sumInWords)));
  if (closed) differences.push(...(await runDifferences(deps, realm, period, [...sums.values()])));
  return { period, closed, logSize: size, sheets: streams.length, facts, differences };
}

/** What the month counts of a sheet: as the trail stood then, without what an earlier closed month had counted. */
function countedIn(
  steps: readonly (TrailStep & { readonly place: number })[],
  closings: readonly Closing[],
  period: Period,
  size: number,
): Fact[] {
  const taken = new Set<string>();
  const asOf = (limit: number, month: Period): Fact[] =>
    factsOf(steps.filter(({ place }) => place < limit)).filter(
      (fact) => fact.period === month && !taken.has(`${fact.measure} ${fact.opened}`),
    );
  for (const closing of closings) {
    if (closing.period === period) return asOf(closing.logSize, period);
    for (const { measure, opened } of asOf(closing.logSize, closing.period))
      taken.add(`${measure} ${opened}`);
  }
  return asOf(size, period);
}

function addTo(sums: Map<string, Tally>, { period, unit, measure, kind, met }: Fact): void {
  const key = [unit, measure, kind].join('\n');
  const before = sums.get(key) ?? { period, unit, measure, kind, met: 0, of: 0 };
  sums.set(key, { ...before, met: before.met + (met ? 1 : 0), of: before.of + 1 });
}

const inWords = (fact: Fact & { readonly stream: string; readonly excluded: boolean }): string =>
  `${fact.stream} ${fact.measure} 第 ${fact.opened} 条起、第 ${fact.decided} 条定,${fact.unit || '全市'},${
    fact.met ? '达到' : '没有达到'
  },第 ${fact.round} 轮,${fact.kind || '未分类'}${fact.excluded ? ',不计' : ''},${fact.at.toISOString()}`;

const sumInWords = ({ unit, measure, kind, met, of }: Tally): string =>
  `合计 ${unit || '全市'} ${measure} ${kind || '未分类'}:${met}/${of}`;

function differing(recomputed: readonly string[], stored: readonly string[]): string[] {
  const [again, kept] = [new Set(recomputed), new Set(stored)];
  return [
    ...stored.filter((one) => !again.has(one)).map((one) => `只在存的结果里:${one}`),
    ...recomputed.filter((one) => !kept.has(one)).map((one) => `只在轨迹里:${one}`),
  ];
}

/** The counts with which the run was started are in its own trail. */
async function runDifferences(
  { database, trail }: { readonly database: Database; readonly trail: Trail },
  realm: Realm,
  period: Period,
  sums: readonly Tally[],
): Promise<string[]> {
  const key = runKey(realm, period);
  const entries = await database.transaction((transaction) => trail.read(transaction, [key]));
  const data = entries.get(key)?.[0]?.body.data;
  const started: JsonObject = isJsonObject(data) ? data : {};
  const method = methodOf(started.method);
  if (!method) return [`${key} 的轨迹里没有考核办法`];
  const again = JSON.stringify(ordered(countsOf(sums, method) as unknown as JsonObject));
  return again === JSON.stringify(ordered(started.counts as JsonObject))
    ? []
    : [`${key} 开始时的数字与轨迹不符`];
}

/** The trail keeps objects by the order of their keys. */
function ordered(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(value ?? {})
      .sort()
      .map((key) => {
        const inner = value[key] ?? null;
        return [key, isJsonObject(inner) ? ordered(inner) : inner];
      }),
  );
}
