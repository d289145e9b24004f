/** Sample accounts exist only while there are no others. */
import { IsNull, type Transaction } from '../platform/database/index.js';
import { record } from './record.js';
import { personEntity } from './store/person-store.js';
import { sessionEntity } from './store/session-store.js';

/**
 * Locks the creation of people, so that nobody adds a real person while another program creates
 * samples.
 *
 * @param exclusive for setting up or creating samples
 */
export async function lockPeople(
  transaction: Transaction,
  { exclusive }: { exclusive: boolean },
): Promise<void> {
  await transaction.query(
    `SELECT pg_advisory_xact_lock${exclusive ? '' : '_shared'}(hashtextextended(current_schema() || '.setup', 0))`,
  );
}

/** Closes every sample account and ends its sessions. @returns their number */
export async function endSamples(
  deps: Parameters<typeof record>[0],
  transaction: Transaction,
  actor: string,
): Promise<number> {
  const persons = transaction.repository(personEntity);
  const open = await persons.find({ where: { sample: true, closedAt: IsNull() }, order: { id: 'ASC' } });
  for (const { id, login } of open) {
    await persons.update(id, { closedAt: deps.clock.now() });
    await transaction.repository(sessionEntity).delete({ person: id });
    await record(deps, transaction, 'accounts', 'person.closed', { of: login, actor });
  }
  return open.length;
}
