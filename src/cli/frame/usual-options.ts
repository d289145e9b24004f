/** Options that several nouns share. */
import { Refusal } from '../../kernel/refusal.js';

export const packageOption = [
  '--package <文件夹>',
  '条例包，里面有 regulation/ 和 processes/；不写是随附的',
] as const;

export const dayOption = ['--on <日期>', '按哪一天施行的一版条例，例如 2026-12-01；不写是今天'] as const;

export const realmOption = ['--realm <范围>', 'live 实际运行（默认），replay 回放', 'live'] as const;

/** @throws {Refusal} `usage.invalid` */
export function realmOf(realm: string): 'live' | 'replay' {
  if (realm === 'live' || realm === 'replay') return realm;
  throw new Refusal('usage.invalid', `没有“${realm}”这个范围`, {
    remedy: '--realm live 或者 --realm replay',
  });
}

/** @throws {Refusal} `usage.invalid` */
export function actorOf(actor: string): string {
  if (actor.trim()) return actor.trim();
  throw new Refusal('usage.invalid', '没有写谁做的：--actor 是空的', {
    remedy: '写姓名，例如 --actor 王某；不写 --actor 的记作“命令行”',
  });
}
