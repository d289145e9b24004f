/** Symbol and word for each level of escalation. */
export interface Level {
  readonly key: string;
  readonly shape: string;
  readonly word: string;
}

const normal: Level = { key: 'normal', shape: '●', word: '正常' };

const levels: readonly Level[] = [
  { key: 'reminder', shape: '◆', word: '提醒' },
  { key: 'yellow', shape: '▲', word: '黄牌' },
  { key: 'red', shape: '■', word: '红牌' },
  { key: 'supervision', shape: '★', word: '督办' },
  { key: 'second-supervision', shape: '★★', word: '提级督办' },
  { key: 'accountability', shape: '✖', word: '问责' },
];

export const levelOf = (level: string | null): Level =>
  level === null
    ? normal
    : (levels.find(({ key }) => key === level) ?? { key: 'other', shape: '◇', word: '其他提醒' });
