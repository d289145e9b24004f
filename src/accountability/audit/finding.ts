/** Possible findings in the live database. The independent verifier uses the same names. */
export const attacks = {
  edited: '改动了条目的内容',
  rechained: '改动条目后重算了整条链',
  deleted: '删去了条目',
  'case-cut': '截去了链尾',
  'log-cut': '截去了全库轨迹的尾部',
  reordered: '调换了条目的次序',
  inserted: '事后插入了条目',
  'passed-over': '越过了没有入树的条目',
  rewritten: '重写了全库轨迹',
  forged: '签名不成立',
  'key-swapped': '换了签名的密钥',
  replayed: '退回了旧的库，或者截去了尾部',
  'two-histories': '同一大小有两本账',
  damaged: '数据损坏',
  'tile-damaged': '哈希树的片损坏',
  'head-moved': '改动了链头',
  unguarded: '数据库的防护被关掉了',
  unlike: '表里写的不是轨迹所记的',
} as const;

export type Attack = keyof typeof attacks;

export interface Finding {
  readonly attack: Attack;
  /** Details in Chinese. */
  readonly detail: string;
  /** The row that contradicts the trail. */
  readonly row?: { readonly table: string; readonly row: string };
  /** The chain concerned; undefined if the finding concerns no single chain. */
  readonly stream?: string;
}

/** A forged entry may contain text that the database cannot store. */
const storable = (text: string): string =>
  Buffer.from(text.replaceAll('\0', '\ufffd'), 'utf8').toString('utf8');

/** Keeps the first hundred findings, which is enough to show a wholesale change. */
export class Findings {
  readonly kept: Finding[] = [];
  count = 0;

  add(attack: Attack, detail: string, of: Pick<Finding, 'row' | 'stream'> = {}): void {
    this.count += 1;
    if (this.kept.length < 100) this.kept.push({ attack, detail: storable(detail), ...of });
  }
}
