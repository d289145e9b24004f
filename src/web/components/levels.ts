import { law } from '../law/page-law.js';

/** Symbol and word for each level of escalation. */
export interface Level {
  readonly key: string;
  readonly shape: string;
  readonly word: string;
  /** CSS class of its colour. */
  readonly tone: string;
}

const normal: Level = { key: 'normal', shape: '●', word: '正常', tone: 'good' };

const levels = (): readonly Level[] =>
  law().levels.map(({ key, sign, title, light, process }) => ({
    key,
    shape: sign,
    word: title,
    tone: process ?? (light === 'normal' ? 'mild' : light),
  }));

/** Not one of the law's levels. */
export const upstreamPassed: Level = { key: 'upstream', shape: '■', word: '上级超期', tone: 'red' };

export const levelOf = (level: string | null): Level =>
  level === null
    ? normal
    : (levels().find(({ key }) => key === level) ?? {
        key: 'other',
        shape: '◇',
        word: '其他提醒',
        tone: 'mild',
      });
