/**
 * Judges whether two sheets concern one matter: a sum of named weights over place, class, time and
 * words, as a probability. Pure. It only proposes; people decide (docs/merging.md).
 */
import { metresBetween, type LonLat } from './coordinates.js';
import { mentions, namesInAddress, namesInText, stemOf } from './place-names.js';

/** The traits of a sheet or a draft that are compared. */
export interface MatterTraits {
  readonly title: string;
  readonly content: string;
  /** The place in words; null if not stated, or if it is the caller's own address. */
  readonly address: string | null;
  readonly point: LonLat | null;
  readonly district: string | null;
  /** Codes from the first level down; empty if not classified. */
  readonly classPath: readonly string[];
  readonly kind: string;
  readonly receivedAt: Date;
}

export interface Reach {
  /** A greater distance counts against one matter. */
  readonly metres: number;
  readonly days: number;
}

/** Grounds for or against one matter. */
export type Ground = 'distance' | 'address' | 'district' | 'class' | 'kind' | 'time' | 'words';

export interface Likeness {
  /** 0 to 100. */
  readonly score: number;
  /** Sum of the weights, up to their bounds. */
  readonly sum: number;
  /** Metres between the points; null if one has none. */
  readonly metres: number | null;
  /** Share of the shorter text's words that the other text contains, 0 to 1. */
  readonly words: number;
  readonly weights: Readonly<Record<Ground, number>>;
}

/**
 * Logarithms of odds, fitted on the planted incidents for tuning and rounded (docs/merging.md).
 * Place and matter each count only up to a bound, so that neither alone is enough: one place has
 * many matters, and one matter occurs at many places.
 */
const weights = {
  /** Start value before any comparison. */
  start: -12.8,
  distance: { near: 12, nearMetres: 100, perReachBeyond: -5, least: -11 },
  address: { sharedName: 7, mentioned: 6, otherNames: -9 },
  district: { same: 0.5, other: -4.5 },
  class: { same: 6, sibling: 6, sameArea: -2, otherArea: -9 },
  kind: { same: 0.5, other: -0.5 },
  time: { atOnce: 2.5, atTheEnd: -9.5 },
  words: { none: -7, perShare: 30, most: 8 },
  most: { place: 5, matter: 6.5 },
} as const;

/** A parsed text, which is compared many times. */
export interface ReadMatter extends MatterTraits {
  readonly names: ReadonlySet<string>;
  readonly text: string;
  readonly pairs: ReadonlySet<string>;
}

export function readMatter(traits: MatterTraits): ReadMatter {
  const said = `${traits.title} ${traits.content}`;
  const names = new Set([...namesInAddress(traits.address ?? ''), ...namesInText(said)]);
  return { ...traits, text: `${traits.address ?? ''} ${said}`, names, pairs: pairsIn(said, names) };
}

/** Texts of several callers about one matter: more callers give more wordings. */
export interface ReadGroup {
  readonly sheets: readonly ReadMatter[];
  readonly pairs: ReadonlySet<string>;
}

export const readGroup = (sheets: readonly ReadMatter[]): ReadGroup => ({
  sheets,
  pairs: new Set(sheets.flatMap(({ pairs }) => [...pairs])),
});

/** Compares with the most similar sheet of the group, using the words of all; undefined for an empty group. */
export function likenessToGroup(one: ReadMatter, group: ReadGroup, reach: Reach): Likeness | undefined {
  const words = sharedWords(one.pairs, group.pairs);
  let best: Likeness | undefined;
  for (const other of group.sheets) {
    const found = likeness(one, other, words, reach);
    if (!best || found.sum > best.sum) best = found;
  }
  return best;
}

function likeness(one: ReadMatter, other: ReadMatter, words: number, reach: Reach): Likeness {
  const metres = one.point && other.point ? metresBetween(one.point, other.point) : null;
  const days = Math.abs(one.receivedAt.getTime() - other.receivedAt.getTime()) / 86_400_000;
  const { atOnce, atTheEnd } = weights.time;
  const found: Record<Ground, number> = {
    distance: metres === null ? 0 : ofDistance(metres, reach.metres),
    address: ofNames(one, other),
    district: ofDistricts(one.district, other.district),
    class: ofClasses(one.classPath, other.classPath),
    kind: one.kind === other.kind ? weights.kind.same : weights.kind.other,
    time: atOnce + (atTheEnd - atOnce) * Math.min(1.5, days / reach.days),
    words: Math.min(weights.words.most, weights.words.none + weights.words.perShare * words),
  };
  const place = Math.min(weights.most.place, found.distance + found.address);
  const matter = Math.min(weights.most.matter, found.class + found.words);
  const sum = weights.start + place + matter + found.district + found.kind + found.time;
  return { score: Math.round(100 / (1 + Math.exp(-sum))), sum, metres, words, weights: found };
}

function ofDistance(metres: number, reach: number): number {
  const { near, nearMetres, perReachBeyond, least } = weights.distance;
  if (metres <= nearMetres) return near;
  if (metres <= reach) return near * (1 - (metres - nearMetres) / (reach - nearMetres));
  return Math.max(least, (perReachBeyond * (metres - reach)) / reach);
}

function ofNames(one: ReadMatter, other: ReadMatter): number {
  const { sharedName, mentioned, otherNames } = weights.address;
  if ([...one.names].some((name) => other.names.has(name))) return sharedName;
  const named = (names: ReadonlySet<string>, text: string): boolean =>
    [...names].some((name) => mentions(text, name));
  if (named(one.names, other.text) || named(other.names, one.text)) return mentioned;
  return one.names.size > 0 && other.names.size > 0 ? otherNames : 0;
}

const ofDistricts = (one: string | null, other: string | null): number =>
  one === null || other === null ? 0 : one === other ? weights.district.same : weights.district.other;

function ofClasses(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return 0;
  const { same, sibling, sameArea, otherArea } = weights.class;
  if (one.at(-1) === other.at(-1)) return same;
  if (one.length > 1 && one.at(-2) === other.at(-2)) return sibling;
  return one[0] === other[0] ? sameArea : otherArea;
}

/** Formulas that occur in every matter distinguish none. */
const formulas =
  /来电人|诉求人|市民|群众|反映|来电|打进电话|称|表示|希望|盼望|请|要求|有关部门|相关单位|相关部门|尽快|依法|核实|处理|解决|答复|帮忙|麻烦|你好|您好|谢谢|我想问|问一下|住户|居民|业主|小区|附近|这里|这边|我们|他们|现在|一直|已经|没有|什么|怎么|可以|能不能|不知道|有个情况|跟你们说一下|派人|看看|诉求|整改|[0-9０-９]+/gu;

/** Pairs of characters, without formulas and place names. */
function pairsIn(text: string, names: ReadonlySet<string>): ReadonlySet<string> {
  const bare = [...names].reduce((rest, name) => rest.replaceAll(stemOf(name), ' '), text);
  const found = new Set<string>();
  for (const [run] of bare.replaceAll(formulas, ' ').matchAll(/\p{Script=Han}+/gu)) {
    const letters = [...run];
    for (let at = 1; at < letters.length; at += 1) found.add(`${letters[at - 1] ?? ''}${letters[at] ?? ''}`);
  }
  return found;
}

function sharedWords(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  if (few.size === 0) return 0;
  let shared = 0;
  for (const pair of few) if (many.has(pair)) shared += 1;
  return shared / Math.max(few.size, leastPairs);
}

/** Fewer pairs are no proof: a title of three characters may occur in any other text by chance. */
const leastPairs = 6;
