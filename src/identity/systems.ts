/**
 * Other systems that may call the interface: every change is an entry of the trail `accounts`, in the same transaction.
 */
import { Refusal, type JsonObject } from '../kernel/index.js';
import { insertIfAbsent, IsNull, type Transaction } from '../platform/database/index.js';
import type { EntryType } from '../accountability/index.js';
import { assertName } from './names.js';
import { record } from './record.js';
import { listUnits } from './store/person-store.js';
import {
  apiTokenEntity,
  clientSystemEntity,
  listSystems,
  lockSystem,
  type ApiToken,
  type ClientSystem,
} from './store/token-store.js';
import type { Using } from './parts.js';

export interface Systems {
  list(): Promise<readonly (ClientSystem & { readonly tokens: readonly ApiToken[] })[]>;
  /** @param unit whose sheets it may see; default: none @throws {Refusal} `system.exists`, `unit.not-found` */
  add(system: { readonly name: string; readonly unit?: string | undefined }, by: string): Promise<number>;
  /** Invalidates its tokens. @throws {Refusal} `system.not-found` */
  close(id: number, by: string): Promise<void>;
}

export function createSystems(deps: Using<'clock' | 'database' | 'journal'>): Systems {
  const { clock, database } = deps;
  const write = (transaction: Transaction, type: EntryType, body: JsonObject): Promise<number> =>
    record(deps, transaction, 'accounts', type, body);
  return {
    list: () =>
      database.transaction(async (transaction) => {
        const tokens = await transaction.repository(apiTokenEntity).find({ order: { id: 'DESC' } });
        return (await listSystems(transaction)).map((system) => ({
          ...system,
          tokens: tokens.filter((token) => token.system === system.id),
        }));
      }),
    add: ({ name, unit }, by) =>
      database.transaction(async (transaction) => {
        assertName(name, 'name', 'system');
        const ofUnit = (await listUnits(transaction)).find((one) => one.name === unit);
        if (unit !== undefined && !ofUnit) {
          throw new Refusal('unit.not-found', `没有名为“${unit.slice(0, 60)}”的单位`, {
            where: 'unit',
            remedy: '单位列表见 /api/units',
          });
        }
        const system = await insertIfAbsent(transaction, clientSystemEntity, {
          name,
          unit: ofUnit ?? null,
          createdAt: clock.now(),
          createdBy: by,
        });
        if (!system) {
          throw new Refusal('system.exists', `已有名为“${name}”的系统`, {
            where: 'name',
            remedy: '给它发新的令牌，或换一个名称',
          });
        }
        await write(transaction, 'system.added', { of: name, unit: unit ?? null, actor: by });
        return system.id;
      }),
    close: (id, by) =>
      database.transaction(async (transaction) => {
        const system = await systemIn(transaction, id);
        const at = clock.now();
        await transaction
          .repository(apiTokenEntity)
          .update({ system: id, revokedAt: IsNull() }, { revokedAt: at, revokedBy: by });
        await transaction.repository(clientSystemEntity).update(id, { closedAt: at, closedBy: by });
        await write(transaction, 'system.closed', { of: system.name, actor: by });
      }),
  };
}

/** @throws {Refusal} `system.not-found` */
export async function systemIn(
  transaction: Transaction,
  id: number,
): Promise<Pick<ClientSystem, 'id' | 'name'>> {
  const system = await lockSystem(transaction, id);
  if (system) return system;
  throw new Refusal('system.not-found', `没有编号为 ${id} 的在用系统`, { remedy: '系统列表见 /api/systems' });
}
