/** Migrations of running cases in words. */
import type { Output } from '../../../api/client.js';

export type Migration = Output<'listMigrations'>['items'][number];
export type MigrationDetail = Output<'readMigration'>;

export const stateWords: { readonly [state in Migration['state']]: string } = {
  proposed: '◔ 等待批准',
  approved: '◑ 已批准，没有开始',
  withdrawn: '✕ 已撤回',
  running: '◕ 正在进行',
  finished: '● 已完成',
};
