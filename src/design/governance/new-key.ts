/** Checks the key of a new process or table: well formed and not yet used. */
import { keyObjection, lockDeployments } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { draftDecision } from './life.js';
import { otherBeginning } from './store/draft-store.js';
import { keyLike } from './store/version-store.js';

const refused = (detail: string, remedy: string): Refusal =>
  new Refusal('draft.invalid', detail, { where: 'key', remedy });

/** @throws {Refusal} `draft.invalid` */
export function assertKey(key: string): void {
  const objection = keyObjection(key);
  if (objection !== undefined) throw refused(objection, '换一个标识');
}

/**
 * Locks the key until the transaction ends.
 *
 * @throws {Refusal} `draft.invalid`
 */
export async function assertFree(transaction: Transaction, key: string): Promise<void> {
  await lockDeployments(transaction);
  const known = await keyLike(transaction, key);
  if (known !== undefined) {
    const why = known === key ? `标识“${key}”已经有了` : `标识“${key}”和现有的“${known}”只差大小写，容易认错`;
    throw refused(why, '换一个标识');
  }
  const other = await otherBeginning(transaction, key);
  if (!other) return;
  throw refused(
    `第 ${other.id} 号草案“${other.title}”（${draftDecision.titleOf(other.state)}）已经用标识“${key}”新建`,
    '打开那份草案一起改，或者换一个标识；那份不要了的，撤回以后标识就空出来',
  );
}
