/** Words of the report. */
import { toShanghaiIso } from '../kernel/civil-date.js';
import type { Verdict } from './lay.js';

export const verdictTitles: Readonly<Record<Verdict, string>> = {
  met: '已履行',
  late: '超期履行',
  unmet: '没有履行',
  returned: '退回重办',
  open: '未到期',
};

/** `2026-03-02 09:05:00`, in Asia/Shanghai. */
export const sayInstant = (at: Date): string => toShanghaiIso(at).slice(0, 19).replace('T', ' ');
