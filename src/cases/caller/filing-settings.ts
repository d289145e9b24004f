/** Whether the public may file on the callers' page, and how much proof of work each filing costs. */
import { Refusal } from '../../kernel/index.js';

export interface FilingSettings {
  readonly filing: boolean;
  /** Most derivations a browser must try; 0 for none. */
  readonly work: number;
}

/** @throws {Refusal} `usage.invalid` */
export function filingSettings(environment: NodeJS.ProcessEnv = process.env): FilingSettings {
  const filing = environment['HOTLINE_CALLER_FILING']?.trim() || 'off';
  if (filing !== 'on' && filing !== 'off') {
    throw new Refusal('usage.invalid', `HOTLINE_CALLER_FILING“${filing}”不是 on、off`, {
      remedy: '准许公众在查询页提出诉求的写 on；不设则不准许',
    });
  }
  const text = environment['HOTLINE_CALLER_WORK']?.trim() || '400';
  const work = Number(text);
  if (!Number.isInteger(work) || work < 0 || work > mostWork) {
    throw new Refusal('usage.invalid', `HOTLINE_CALLER_WORK“${text}”不是 0 至 ${mostWork} 的整数`, {
      remedy: '不设则为 400，手机上约一秒；0 是不要求',
    });
  }
  return { filing: filing === 'on', work };
}

const mostWork = 100_000;
