/**
 * The verdict on the database for people who are no cryptographers: whether it is genuine, up to
 * where it is complete, who outside vouches for it, and what to do next.
 */
import { attacks, type Attack, type Finding } from './finding.js';

/** An outside party that holds a checkpoint of this log. */
export interface Voucher {
  readonly name: string;
  /** Size of the checkpoint that the voucher holds. */
  readonly size: number;
  /** When the voucher received it, by its own clock; undefined if it does not say. */
  readonly at: Date | undefined;
}

export interface Looked {
  readonly entries: number;
  /** Entries with a place in the tree. */
  readonly size: number;
  /** True if the trail holds only entries that the program writes by itself. */
  readonly unused: boolean;
  readonly findings: readonly Pick<Finding, 'attack'>[];
  /** The latest manifest; undefined without one. */
  readonly listed: { readonly at: Date; readonly size: number } | undefined;
  readonly vouchers: readonly Voucher[];
  /** In Chinese: which part was read, if not everything was. */
  readonly part?: string;
}

export interface Verdict {
  readonly state: 'genuine' | 'not-genuine' | 'damaged' | 'unused';
  readonly vouched: boolean;
  readonly conclusion: string;
  /** One sentence each: genuine, complete, vouched for. */
  readonly sentences: readonly [string, string, string];
  readonly next: readonly string[];
}

/** Findings that can arise from damage, without anybody changing recorded data. */
const damages: ReadonlySet<Attack> = new Set<Attack>(['damaged', 'tile-damaged']);

export function verdictOf(looked: Looked): Verdict {
  const { findings, vouchers, unused } = looked;
  const state =
    findings.length === 0
      ? unused
        ? 'unused'
        : 'genuine'
      : findings.every(({ attack }) => damages.has(attack))
        ? 'damaged'
        : 'not-genuine';
  const vouched = vouchers.length > 0;
  return {
    state,
    vouched,
    conclusion: conclusionOf(state, looked, vouched),
    sentences: [genuineSentence(state, looked), completeSentence(looked), vouchedSentence(looked)],
    next: nextSteps(state, vouched),
  };
}

function conclusionOf(state: Verdict['state'], { size }: Looked, vouched: boolean): string {
  if (state === 'not-genuine') return '不成立';
  if (state === 'damaged') return '判断不了：损坏';
  if (state === 'unused') return '判断不了：没有可以核验的';
  return `成立，到全库第 ${size} 条为止；${vouched ? '有外面的人作证' : '没有外面的人作证'}`;
}

function genuineSentence(state: Verdict['state'], { entries, findings, part }: Looked): string {
  if (state === 'unused')
    return `真不真：没有可以判断的。库里只有程序自己写下的 ${entries} 条，没有一个人的帐号、一件工单`;
  if (state === 'genuine' && part !== undefined)
    return `真不真：${part}，都是当时记下的，没有改动、删去、调换`;
  if (state === 'genuine') return `真不真：真。库里的 ${entries} 条都是当时记下的，没有改动、删去、调换`;
  if (findings.every(({ attack }) => attack === 'tile-damaged'))
    return '真不真：条目是真的，与签名的根相符；坏的是哈希树的片，导出的证明由条目重算';
  if (state === 'damaged') return '真不真：判断不了。有数据坏了，不能凭它说有人改过，也不能说没有';
  const names = findings.filter(({ attack }) => !damages.has(attack)).map(({ attack }) => attacks[attack]);
  return `真不真：不真。查出：${[...new Set(names)].join('、')}`;
}

function completeSentence({ entries, listed, size }: Looked): string {
  const waiting = entries > size ? `；另有 ${entries - size} 条刚写下，还没有排号` : '';
  if (!listed) return `全不全：各链连号，全库第 ${size} 条为止；还没有每日清单，各链的尾部没有凭据${waiting}`;
  // The manifest's own entry follows it, so it is subtracted.
  const after = Math.max(0, size - listed.size - 1);
  const until = `全不全：到全库第 ${listed.size} 条、${beijing(listed.at).trim()}为止，没有少一条`;
  return `${until}${after > 0 ? `；其后的 ${after} 条各链连号，尾部要等下一份清单` : ''}${waiting}`;
}

function vouchedSentence({ vouchers, size }: Looked): string {
  if (vouchers.length === 0)
    return '谁作证：没有外面的人作证，只有系统自己的签名。整本换成另造的、退回旧的备份，这样看不出来';
  const said = vouchers.map(
    (one) => `${one.name}${one.at ? ` 于${beijing(one.at)}` : ' '}留存到第 ${one.size} 条`,
  );
  const most = Math.max(...vouchers.map((one) => one.size));
  return `谁作证：${said.join('，')}${most < size ? `；其后的 ${size - most} 条只有系统自己的签名` : ''}`;
}

function nextSteps(state: Verdict['state'], vouched: boolean): readonly string[] {
  if (state === 'not-genuine')
    return [
      '不要改动数据库，不要重启；保全数据库、备份和日志，当天告知审计人员',
      '请向见证人、上次审计的档案索取留存的检查点，以 hotline trail verify --note 比对，查明从哪一条起不同',
    ];
  if (state === 'unused')
    return [
      '恢复备份的：没有恢复成，或者连错了数据库，核对 DATABASE_URL、HOTLINE_SCHEMA；新装的：设置好管理员、办理以后再核验',
    ];
  if (state === 'damaged')
    return ['请系统管理员查磁盘和备份（运行手册“轨迹损坏”）；坏的先保全，不要自己改。修好后再核验一次'];
  return vouched
    ? ['每天核验一次，结果在运行状况页']
    : ['请系统管理员设一个外面的留存处（运行手册“外部锚定”）；在那以前，请审计人员自己留存检查点，下次比对'];
}

/** Keeps the newest statement of each voucher. */
export function newestOf(vouchers: readonly Voucher[]): readonly Voucher[] {
  const newest = new Map<string, Voucher>();
  for (const one of vouchers) if (one.size >= (newest.get(one.name)?.size ?? 0)) newest.set(one.name, one);
  return [...newest.values()];
}

/** Beijing time, to the minute, with a space before it. */
function beijing(instant: Date): string {
  const text = new Date(instant.getTime() + 8 * 3_600_000).toISOString();
  return ` ${text.slice(0, 16).replace('T', ' ')}（北京时间）`;
}
