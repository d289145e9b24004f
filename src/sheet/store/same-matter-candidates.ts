/** Finds open sheets that may concern the same matter by indexes; `likenessToGroup` judges them. */
import type { Transaction } from '../../platform/database/index.js';
import type { LonLat } from '../coordinates.js';
import { stemOf } from '../place-names.js';
import type { MatterTraits, ReadMatter, Reach } from '../same-matter.js';

export interface MatterOfSheet extends MatterTraits {
  readonly no: string;
  /** The leading sheet's number if it is merged. */
  readonly lead: string | null;
}

/** Most candidates of each kind of search. */
const most = 400;
/** Most place names that are searched for. */
const mostNames = 12;

/**
 * @param own number of the sheet itself; null for a draft
 * @param group traits of the matter, the sheet itself first
 */
export async function matterCandidates(
  transaction: Transaction,
  own: string | null,
  group: readonly ReadMatter[],
  { metres, days }: Reach,
): Promise<readonly MatterOfSheet[]> {
  const [first] = group;
  if (!first) return [];
  const { title, content } = first;
  const received = group.map(({ receivedAt }) => receivedAt.getTime());
  const away = days * 86_400_000;
  const point = group.find((one) => one.point)?.point ?? null;
  const numbers = await transaction.prepared<{ no: string }>(
    'sheet-same-matter',
    `SELECT no FROM same_matter_candidates($1::text, $2::float8, $3::float8, $4::float8, $5::text[], $6::text, $7::text,
       $8::timestamptz, $9::timestamptz, $10::int) AS found (no)`,
    [
      own,
      point?.longitude ?? null,
      point?.latitude ?? null,
      metres * 2,
      mostFrequent(group.flatMap(({ names }) => [...names].map(stemOf))).slice(0, mostNames),
      mostFrequent(group.flatMap(({ classPath }) => classPath.at(-1) ?? []))[0] ?? null,
      [...(title === '' ? content : title)].slice(0, 40).join(''),
      new Date(Math.min(...received) - away),
      new Date(Math.max(...received) + away),
      most,
    ],
  );
  return mattersOf(
    transaction,
    numbers.map(({ no }) => no),
  );
}

function mostFrequent(words: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([word]) => word);
}

/** Traits of these sheets, for comparison. */
export async function mattersOf(
  transaction: Transaction,
  numbers: readonly string[],
): Promise<readonly MatterOfSheet[]> {
  if (numbers.length === 0) return [];
  const rows = await transaction.prepared<
    MatterOfSheet & { readonly longitude: number | null; readonly latitude: number | null }
  >(
    'sheet-matters',
    `SELECT w.no, w.title, w.content, w.place_address AS address, w.district, w.kind,
            w.received_at AS "receivedAt", w.place_longitude AS longitude, w.place_latitude AS latitude,
            coalesce(k.path, '{}') AS "classPath", m.lead
       FROM work_order w LEFT JOIN merged_sheet m ON m.member = w.no
       LEFT JOIN LATERAL (SELECT g.path FROM class_given g WHERE g.work_order = w.no ORDER BY g.id DESC LIMIT 1) k ON true
      WHERE w.no = ANY ($1::text[]) ORDER BY w.received_at, w.no`,
    [[...numbers]],
  );
  return rows.map(({ longitude, latitude, ...row }) => ({ ...row, point: pointOf(longitude, latitude) }));
}

const pointOf = (longitude: number | null, latitude: number | null): LonLat | null =>
  longitude === null || latitude === null ? null : { longitude, latitude };
