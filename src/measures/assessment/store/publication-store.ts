/** Versions of publications and the acts on them. Both are append-only. */
import {
  column,
  insertIfAbsent,
  relation,
  type Entity,
  type Transaction,
} from '../../../platform/database/index.js';
import type { PublicationContent, PublicationKind } from '../model/index.js';
import type { Period } from '../period.js';
import type { PublicationAct } from '../publication/index.js';

export interface NewPublication {
  readonly kind: PublicationKind;
  readonly period: Period;
  /** Number from 1; a later version corrects the preceding one. */
  readonly version: number;
  /** The figures, without cases, document number and date. */
  readonly content: PublicationContent;
  readonly draftedBy: string;
  readonly draftedAt: Date;
}

export interface Publication extends NewPublication {
  readonly id: number;
  readonly acts: readonly PublicationAct[];
}

type ActRow = PublicationAct & { readonly publication: number; readonly seq: number; readonly of?: unknown };

export const publicationEntity: Entity<Publication & { readonly acts: ActRow[] }> = {
  name: 'assessment_publication',
  columns: {
    id: column.id,
    ...column.each(column.text, 'kind', 'period', 'draftedBy'),
    version: column.integer,
    content: column.json,
    draftedAt: column.instant,
  },
  relations: { acts: { type: 'one-to-many', target: 'assessment_publication_act', inverseSide: 'of' } },
};

export const publicationActEntity: Entity<ActRow> = {
  name: 'assessment_publication_act',
  columns: {
    ...column.each(column.key.integer, 'publication', 'seq'),
    ...column.each(column.text, 'act', 'actor', 'login'),
    at: column.instant,
    reason: column.nullable.text,
    ...column.each(column.nullable.json, 'cases', 'content'),
  },
  relations: { of: relation.manyToOne('assessment_publication', 'publication') },
};

/** @returns its number; undefined if that version exists already */
export const addPublication = (
  transaction: Transaction,
  publication: NewPublication,
): Promise<number | undefined> =>
  insertIfAbsent(transaction, publicationEntity, publication).then((added) => added?.id);

/** @returns undefined if somebody else acted since it was read */
export const addPublicationAct = (
  transaction: Transaction,
  { id, acts }: Pick<Publication, 'id' | 'acts'>,
  act: PublicationAct,
): Promise<PublicationAct | undefined> =>
  insertIfAbsent(transaction, publicationActEntity, { ...act, publication: id, seq: acts.length + 1 });

export const readPublication = (transaction: Transaction, id: number): Promise<Publication | undefined> =>
  publications(transaction, { id }).then(([found]) => found);

/** Publications of one month, or of all: newest month first, and in each the newest version first. */
export const listPublications = (transaction: Transaction, period?: Period): Promise<Publication[]> =>
  publications(transaction, period === undefined ? {} : { period });

const publications = (
  transaction: Transaction,
  where: { readonly id?: number; readonly period?: Period },
): Promise<Publication[]> =>
  transaction.repository(publicationEntity).find({
    where,
    relations: { acts: true },
    relationLoadStrategy: 'query',
    order: { period: 'DESC', kind: 'DESC', version: 'DESC', acts: { seq: 'ASC' } },
  });

/** A month's publication that its case may wait for, with the case's key and the deed of publishing it. */
export interface AwaitedPublication {
  readonly kind: PublicationKind;
  readonly period: Period;
  readonly key: string;
  readonly deed: string;
}

/** Publications that the case waits for and that have no draft. */
export async function undrafted(
  transaction: Transaction,
  awaited: readonly AwaitedPublication[],
): Promise<{ readonly kind: PublicationKind; readonly period: Period }[]> {
  const each = (name: keyof AwaitedPublication): string[] => awaited.map((one) => one[name]);
  return transaction.query(
    `SELECT s.kind, s.period
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS s (kind, period, key, deed)
       JOIN case_overview c ON c.business_key = s.key
       JOIN open_task t ON t.case_id = c.id AND s.deed = ANY (t.deeds)
      WHERE NOT EXISTS (
            SELECT FROM assessment_publication d WHERE d.kind = s.kind AND d.period = s.period)
      ORDER BY s.period, s.kind`,
    [each('kind'), each('period'), each('key'), each('deed')],
  );
}

/** Number of sheets received in a month, by channel. */
export async function receivedByChannel(
  transaction: Transaction,
  period: Period,
): Promise<ReadonlyMap<string, number>> {
  const found = await transaction.query<{ channel: string; count: number }>(
    `SELECT w.channel, count(*)::int AS count
       FROM assessment_fact f JOIN sheet_overview w ON w.no = f.stream
      WHERE f.realm = 'live' AND f.period = $1 AND f.measure = 'accepted' AND NOT f.excluded
      GROUP BY w.channel`,
    [period],
  );
  return new Map(found.map(({ channel, count }) => [channel, count]));
}
