import { roleName } from '../../../../http/contract/role-name.js';
import type { KnownDeed } from './known.js';
import { callerTitle, law } from '../../../law/page-law.js';

/** Performers of the deed, in words. */
export const performersOf = ({ who }: Pick<KnownDeed, 'who'>): string =>
  who.length === 0 ? `${callerTitle()}或者程序` : who.map((role) => roleName(role, law())).join('、');
