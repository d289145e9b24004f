import { contentDigest } from '../../../kernel/index.js';
import { column, type Entity, type Transaction } from '../../../platform/database/index.js';

export interface Boundary {
  readonly name: string;
  /** Points per ring: longitude, latitude. */
  readonly rings: [number, number][][];
}

const boundaryEntity: Entity<Boundary> = {
  name: 'district_boundary',
  columns: { name: column.key.text, rings: column.json },
};

export const districtEntities = [boundaryEntity];

export const readBoundaries = (transaction: Transaction): Promise<Boundary[]> =>
  transaction.repository(boundaryEntity).find({ order: { name: 'ASC' } });

export async function replaceBoundaries(
  transaction: Transaction,
  boundaries: readonly Boundary[],
): Promise<void> {
  const repository = transaction.repository(boundaryEntity);
  await repository.deleteAll();
  await repository.insert([...boundaries]);
}

/** Digest of all boundaries, independent of their order. */
export const boundaryDigest = (boundaries: readonly Boundary[]): string =>
  contentDigest(Object.fromEntries(boundaries.map(({ name, rings }) => [name, rings])));
