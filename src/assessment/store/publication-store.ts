/** Versions of publications and what was done to them. Both are only ever added. */
import type { Transaction } from '../../persistence/index.js';
import type { PublicationContent, PublicationKind } from '../model/index.js';
import type { Period } from '../period.js';
import type { PublicationAct } from '../publication/index.js';

export interface NewPublication {
  readonly kind: PublicationKind;
  readonly period: Period;
  /** From 1; a later one corrects the one before. */
  readonly version: number;
  /** The figures, without cases, number and date. */
  readonly content: PublicationContent;
  readonly draftedBy: string;
  readonly draftedAt: Date;
}

export interface Publication extends NewPublication {
  readonly id: number;
  readonly acts: readonly PublicationAct[];
}

/** @returns its number; undefined where there is one of that version already */
export async function addPublication(
  transaction: Transaction,
  { kind, period, version, content, draftedBy, draftedAt }: NewPublication,
): Promise<number | undefined> {
  const [row] = await transaction.query<{ id: number }>(
    `INSERT INTO assessment_publication (kind, period, version, content, drafted_by, drafted_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, period, version) DO NOTHING RETURNING id`,
    [kind, period, version, JSON.stringify(content), draftedBy, draftedAt],
  );
  return row?.id;
}

/** @returns whether nobody else was quicker since it was read */
export async function addPublicationAct(
  transaction: Transaction,
  { id, acts }: Pick<Publication, 'id' | 'acts'>,
  { act, actor, at, reason, cases, content }: PublicationAct,
): Promise<boolean> {
  const added = await transaction.query(
    `INSERT INTO assessment_publication_act (publication, seq, act, actor, at, reason, cases, content)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (publication, seq) DO NOTHING RETURNING seq`,
    [id, acts.length + 1, act, actor, at, reason, jsonOf(cases), jsonOf(content)],
  );
  return added.length > 0;
}

const jsonOf = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

export async function readPublication(
  transaction: Transaction,
  id: number,
): Promise<Publication | undefined> {
  return (await rows(transaction, 'p.id = $1', [id]))[0];
}

/** Of one month, or of all: the newest version of the newest month first. */
export async function listPublications(transaction: Transaction, period?: Period): Promise<Publication[]> {
  return rows(transaction, '$1::text IS NULL OR p.period = $1', [period ?? null]);
}

async function rows(
  transaction: Transaction,
  where: string,
  values: readonly unknown[],
): Promise<Publication[]> {
  const found = await transaction.query<Omit<Publication, 'acts'>>(
    `SELECT p.id, p.kind, p.period, p.version, p.content, p.drafted_by AS "draftedBy", p.drafted_at AS "draftedAt"
       FROM assessment_publication p WHERE ${where} ORDER BY p.period DESC, p.kind DESC, p.version DESC`,
    values,
  );
  const acts = await transaction.query<PublicationAct & { readonly publication: number }>(
    `SELECT publication, act, actor, at, reason, cases, content FROM assessment_publication_act
      WHERE publication = ANY ($1::int[]) ORDER BY publication, seq`,
    [found.map(({ id }) => id)],
  );
  return found.map((one) => ({ ...one, acts: acts.filter(({ publication }) => publication === one.id) }));
}

/** Closed months whose run has come to the step, and of which nothing of that kind has been drafted. */
export async function undrafted(
  transaction: Transaction,
  steps: { readonly [Kind in PublicationKind]: string },
  keyOf: { readonly prefix: string },
): Promise<{ readonly kind: PublicationKind; readonly period: Period }[]> {
  return transaction.query(
    `SELECT s.kind, p.period
       FROM assessment_period p
       JOIN case_overview c ON c.business_key = $1 || p.period
       JOIN open_task t ON t.case_id = c.id
       JOIN unnest($2::text[], $3::text[]) AS s (kind, element) ON s.element = t.element
      WHERE p.realm = 'live' AND NOT EXISTS (
            SELECT FROM assessment_publication d WHERE d.kind = s.kind AND d.period = p.period)
      ORDER BY p.period, s.kind`,
    [keyOf.prefix, Object.keys(steps), Object.values(steps)],
  );
}

/** How many sheets received in a month came by each channel. */
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
