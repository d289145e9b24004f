/** Recomputes a month from the trail alone and compares facts, sums and the run's counts with the stored ones. */
import {
  endOfPeriod,
  factsOf,
  grantedIn,
  assessmentStream,
  countsOf,
  knowledgeFacts,
  knowledgeStream,
  knowledgeStreamOf,
  leadIn,
  listClosings,
  mergedTallies,
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
  type StoredFact,
  type Tally,
  type TrailStep,
} from '../../measures/assessment/index.js';
import { dataOf } from '../../accountability/events/index.js';
import { entriesBefore, withoutLimits } from '../../accountability/index.js';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Catalogue } from '../../law/regulation/index.js';
import { runKey } from './close-period.js';
import type { Using } from '../parts.js';

export interface Recomputed {
  readonly period: Period;
  readonly closed: boolean;
  /** Number of entries of the tree that were examined. */
  readonly logSize: number;
  readonly sheets: number;
  readonly facts: number;
  /** One Chinese sentence per difference. */
  readonly differences: readonly string[];
}

/** Sheets per batch: about 4 MB of entries. */
const batch = 200;

type Deps = Using<'catalogues' | 'database' | 'laws' | 'trail'>;

type PlacedStep = TrailStep & { readonly place: number };
type MergedFact = Fact & Pick<StoredFact, 'stream' | 'lead'>;

/** Facts of some streams: computed from the trail, and as stored for the month. */
interface Part {
  readonly streams: readonly string[];
  readonly steps: Awaited<ReturnType<typeof entriesBefore>>;
  readonly stored: readonly StoredFact[];
}

/**
 * Memory is bounded by a few hundred sheets.
 *
 * @param onSheets called with the number of sheets compared so far
 */
export const recomputePeriod = (
  deps: Deps,
  realm: Realm,
  period: Period,
  onSheets?: (sheets: number) => void,
): Promise<Recomputed> =>
  deps.database.transaction((transaction) => recomputeWithin(transaction, deps, realm, period, onSheets));

/** @param listing an open transaction in which the sheets are listed */
async function recomputeWithin(
  listing: Transaction,
  deps: Deps,
  realm: Realm,
  period: Period,
  onSheets?: (sheets: number) => void,
): Promise<Recomputed> {
  const { database, laws } = deps;
  await withoutLimits(listing);
  const binding = await deps.catalogues.binding(listing);
  const all = await listClosings(listing, realm);
  const closing = all.find((one) => one.period === period);
  const closings = all.filter(({ logSize }) => logSize <= (closing?.logSize ?? Number.MAX_SAFE_INTEGER));
  const size = closing?.logSize ?? (await placeOfCursor(listing));
  const acts = await entriesBefore(listing, [assessmentStream], size);
  const granted = grantedIn(acts.get(assessmentStream, laws.today()));

  const read = (streams: readonly string[], entriesOf = streams): Promise<Part> =>
    database.transaction(async (transaction) => ({
      streams,
      steps: await entriesBefore(transaction, entriesOf, size),
      stored: await storedOfPeriod(transaction, streams, period),
    }));
  async function* parts(): AsyncGenerator<Part> {
    const month = { realm, from: startOfPeriod(period), to: endOfPeriod(period) };
    for await (const streams of streamsActive(listing, month, batch)) yield await read(streams);
  }

  const differences: string[] = [];
  const sums = new Map<string, Tally>();
  let [sheets, facts] = [0, 0];
  const compare = (stored: readonly StoredFact[], found: readonly MergedFact[]): void => {
    const counted = found.map((fact) => ({
      ...fact,
      excluded: granted.has(`${fact.stream}\n${fact.measure}\n${fact.opened}`),
    }));
    counted.filter(({ excluded }) => !excluded).forEach((fact) => addTo(sums, fact));
    facts += counted.length;
    differences.push(...differing(counted.map(inWords), stored.map(inWords)));
  };
  for await (const { streams, steps, stored } of readAhead(parts())) {
    const sound = new Set<string>();
    const found: MergedFact[] = [];
    for (const stream of streams) {
      const trail = steps.soundOf(stream);
      if (!trail) differences.push(`${stream} 的轨迹被改动过，不能据以核对：先以 hotline trail verify 核验`);
      const [first] = trail ?? [];
      if (!trail || !first) continue;
      sound.add(stream);
      const { catalogue } = await binding(first.at);
      found.push(...countedIn(catalogue, stream, trail, { closings, period, size }));
    }
    compare(
      stored.filter(({ stream }) => sound.has(stream)),
      found,
    );
    sheets += streams.length;
    onSheets?.(sheets);
  }
  if (closing && realm === 'live') {
    const stream = knowledgeStreamOf(period);
    const { steps, stored } = await read([stream], [knowledgeStream]);
    const found = knowledgeFacts(steps.get(knowledgeStream, laws.today()), period);
    compare(
      stored,
      found.map((fact) => ({ ...fact, stream, lead: '' })),
    );
  }
  const stored = await database.transaction((transaction) => tallies(transaction, realm, [period]));
  differences.push(...differing([...sums.values()].map(sumInWords), stored.map(sumInWords)));
  if (closing) differences.push(...(await runDifferences(deps, realm, period, [...sums.values()])));
  return { period, closed: closing !== undefined, logSize: size, sheets, facts, differences };
}

/** Fetches the next item while the current one is processed. */
async function* readAhead<One>(source: AsyncGenerator<One>): AsyncGenerator<One> {
  let coming = source.next();
  for (;;) {
    const present = await coming;
    if (present.done) return;
    coming = source.next();
    // Prevents an unhandled rejection; the error is thrown when the promise is awaited.
    coming.catch(() => undefined);
    yield present.value;
  }
}

/** Facts of a sheet that count for the month: as of its closing, without those counted by earlier closed months. */
function countedIn(
  catalogue: Catalogue,
  stream: string,
  steps: readonly PlacedStep[],
  { closings, period, size }: { closings: readonly Closing[]; period: Period; size: number },
): MergedFact[] {
  const taken = new Set<string>();
  const begun = steps[0]?.place ?? size;
  const asOf = (limit: number, month: Period): MergedFact[] => {
    const known = steps.filter(({ place }) => place < limit);
    const lead = leadIn(stream, known)(month);
    return factsOf(catalogue, known)
      .filter((fact) => fact.period === month && !taken.has(`${fact.measure} ${fact.opened}`))
      .map((fact) => ({ ...fact, stream, lead }));
  };
  for (const closing of closings) {
    if (closing.period === period) return asOf(closing.logSize, period);
    // Months that closed before the sheet was accepted counted nothing of it.
    if (closing.logSize <= begun) continue;
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

const inWords = (fact: MergedFact & { readonly excluded: boolean }): string =>
  `${fact.stream} ${fact.measure} 第 ${fact.opened} 条起、第 ${fact.decided} 条定，${fact.unit || '全市'}，${
    fact.met ? '达到' : '没有达到'
  }，第 ${fact.round} 轮，${fact.kind || '未分类'}${fact.excluded ? '，不计' : ''}${fact.lead && `，并入 ${fact.lead}`}，${fact.at.toISOString()}`;

const sumInWords = ({ unit, measure, kind, met, of }: Tally): string =>
  `合计 ${unit || '全市'} ${measure} ${kind || '未分类'}：${met}/${of}`;

function differing(recomputed: readonly string[], stored: readonly string[]): string[] {
  const [again, kept] = [new Set(recomputed), new Set(stored)];
  return [
    ...stored.filter((one) => !again.has(one)).map((one) => `只在存的结果里：${one}`),
    ...recomputed.filter((one) => !kept.has(one)).map((one) => `只在轨迹里：${one}`),
  ];
}

/** The run's own trail contains the counts it was started with. */
async function runDifferences(
  { database, laws, trail }: Deps,
  realm: Realm,
  period: Period,
  sums: readonly Tally[],
): Promise<string[]> {
  const key = runKey(realm, period);
  const [entries, merged] = await database.transaction(async (transaction) => [
    await trail.read(transaction, [key]),
    // Tallies of the stored facts, which were compared above.
    await mergedTallies(transaction, realm, period),
  ]);
  const [first] = entries.get(key) ?? [];
  const started: JsonObject = first ? dataOf(first) : {};
  const law = first && laws.ofCase({ startedAt: first.at, endedAt: first.at, realm });
  const method = law && methodOf(started.method, law);
  if (!method) return [`${key} 的轨迹里没有考核办法`];
  const again = JSON.stringify(ordered(countsOf(sums, merged, method, law) as unknown as JsonObject));
  return again === JSON.stringify(ordered(started.counts as JsonObject))
    ? []
    : [`${key} 开始时的数字与轨迹不符`];
}

/** The trail stores objects with sorted keys. */
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
