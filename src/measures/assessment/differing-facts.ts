/** Compares the stored assessment facts with those that the trail gives, month by month as each was closed. */
import { entriesBefore, streamsBehind } from '../../accountability/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Catalogues } from '../../law/regulation/index.js';
import { factsOf, type Fact, type TrailStep } from './facts.js';
import { leadIn } from './merged.js';
import { placeOfCursor } from './store/cursor-store.js';
import {
  closingsOfAll,
  excludedFacts,
  factKey,
  sheetStreams,
  storedFacts,
  type StoredFact,
} from './store/fact-store.js';

type PlacedStep = TrailStep & { readonly place: number };

/** Differences by sheet, in Chinese. Altered trails are not compared. */
export async function differingFacts(
  transaction: Transaction,
  streams: readonly string[],
  catalogues: Catalogues,
): Promise<readonly (readonly [stream: string, what: string])[]> {
  const sheets = await sheetStreams(transaction, streams);
  const names = sheets.map(({ stream }) => stream);
  const size = await placeOfCursor(transaction);
  const steps = await entriesBefore(transaction, names, size);
  const binding = await catalogues.binding(transaction);
  const closings = await closingsOfAll(transaction);
  const excluded = await excludedFacts(transaction, names);
  const stored = new Map<string, StoredFact[]>();
  for (const fact of await storedFacts(transaction, names))
    stored.set(fact.stream, [...(stored.get(fact.stream) ?? []), fact]);
  const behind = await streamsBehind(transaction, names, size);
  const found: (readonly [string, string])[] = [];
  for (const { stream, realm, district } of sheets) {
    const trail = steps.soundOf(stream);
    const [first] = trail ?? [];
    if (!trail || !first) continue;
    const { catalogue } = await binding(first.at);
    const begun = first.place;
    const closed = closings.filter((one) => one.realm === realm);
    const factsAsOf = (limit: number): (Fact & { readonly lead: string })[] => {
      const known = trail.filter(({ place }: PlacedStep) => place < limit);
      const leadAt = leadIn(stream, known);
      return factsOf(catalogue, known).map((fact) => ({ ...fact, lead: leadAt(fact.period) }));
    };
    const counted = new Map<string, Fact & { readonly lead: string }>();
    const count = (facts: readonly (Fact & { readonly lead: string })[]): void => {
      for (const fact of facts) {
        const key = factKey({ stream, ...fact });
        if (!counted.has(key)) counted.set(key, fact);
      }
    };
    for (const { period, logSize } of closed)
      if (logSize > begun) count(factsAsOf(logSize).filter((fact) => fact.period === period));
    const isClosed = (period: string): boolean => closed.some((one) => one.period === period);
    // The row gets a corrected district before the tree is followed; a closed month keeps the
    // district of its closing.
    const hasDistrict = (period: string): boolean => !behind.has(stream) && !isClosed(period);
    count(factsAsOf(size).filter(({ period }) => !isClosed(period)));
    const should = new Set(
      [...counted].map(([key, fact]) =>
        said({ ...fact, district, excluded: excluded.has(key) }, hasDistrict(fact.period)),
      ),
    );
    const is = new Set((stored.get(stream) ?? []).map((fact) => said(fact, hasDistrict(fact.period))));
    for (const one of should) if (!is.has(one)) found.push([stream, `考核应计：${one}`]);
    for (const one of is) if (!should.has(one)) found.push([stream, `考核现在计着：${one}`]);
  }
  return found;
}

const said = (fact: Omit<StoredFact, 'stream' | 'realm'>, withDistrict: boolean): string =>
  `${fact.period} ${fact.measure} 第 ${fact.opened} 条起、第 ${fact.decided} 条定，${fact.unit || '全市'}，${
    fact.met ? '达到' : '没有达到'
  }，第 ${fact.round} 轮，${fact.kind || '未分类'} ${fact.area}${withDistrict ? ` ${fact.district}` : ''}${
    fact.excluded ? '，不计' : ''
  }${fact.lead && `，并入 ${fact.lead}`}，${fact.at.toISOString()}`;
