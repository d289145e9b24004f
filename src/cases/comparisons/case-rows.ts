/** What is kept beside a case, against the entries of the case that did it. */
import { comparison, type Comparison, type Entry } from '../../accountability/index.js';
import { comparedUpstreams, upstreamTable } from '../../channel/index.js';
import { comparedClasses, sheetClassTable } from '../../sheet/classification/index.js';
import type { Facts } from '../../kernel/index.js';
import { comparedMessages, messageTable } from '../../channel/message/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { callerActTable, comparedCallerActs } from '../caller/store/caller-acts.js';
import { emergencyTable, comparedEmergencies } from '../intake/store/emergency-marks.js';
import { differencesIn, say, type Gathered } from './gathered.js';

interface OfCases {
  readonly table: string;
  readonly takes: (type: string) => boolean;
  readonly add: (rows: Gathered, entry: Entry) => void;
  readonly rows: (
    transaction: Transaction,
    cases: readonly string[],
  ) => Promise<readonly { readonly stream: string; readonly name: string; readonly facts: Facts }[]>;
  /** Rows expire: one that is missing is none. */
  readonly expire?: boolean;
}

const ofCases = ({ table, takes, add, rows, expire = false }: OfCases): Comparison =>
  comparison<Gathered>({
    tables: [table],
    reads: () => true,
    takes,
    begin: () => new Map(),
    add: (said, entry) => {
      add(said, entry);
      return said;
    },
    compare: async (transaction, ended) => {
      const is = await rows(transaction, [...ended.keys()]);
      const there = new Set(is.map(({ stream, name }) => `${stream} ${name}`));
      if (expire)
        for (const [stream, said] of ended)
          for (const name of said.keys()) if (!there.has(`${stream} ${name}`)) said.delete(name);
      return differencesIn(table, is, ended);
    },
  });

const next = (rows: Gathered, before: string): number =>
  [...rows.keys()].filter((name) => name.startsWith(before)).length + 1;

export const callerActsComparison = ofCases({
  table: callerActTable,
  takes: (type) => ['caller.added', 'caller.urged', 'caller.rated'].includes(type),
  rows: comparedCallerActs,
  add: (rows, entry) => {
    const kind = entry.type.replace('caller.', '');
    say(rows, `${kind} ${next(rows, `${kind} `)}`, { 时刻: String(entry.at.getTime()) }, entry);
  },
});

export const classesComparison = ofCases({
  table: sheetClassTable,
  takes: (type) => type === 'sheet.classified',
  rows: comparedClasses,
  add: (rows, entry) => {
    if (entry.type !== 'sheet.classified') return;
    const { classification, class: code, actor = null } = entry.body;
    say(rows, `第 ${next(rows, '')} 次`, { 分类的版: String(classification), 编码: code, 谁: actor }, entry);
  },
});

export const emergenciesComparison = ofCases({
  table: emergencyTable,
  takes: (type) => ['emergency.suspected', 'emergency.settled', 'task.completed'].includes(type),
  rows: comparedEmergencies,
  add: (rows, entry) => {
    if (entry.type === 'emergency.suspected')
      say(rows, `第 ${entry.seq} 条`, { 渠道: entry.body.channels.join(' '), 处理过: '否' }, entry);
    else if (entry.type === 'emergency.settled')
      for (const name of rows.keys()) say(rows, name, { 处理过: '是' }, entry);
    // Who registers a case has seen to it, on most ways: nothing is said of it.
    else if (isRegistered(entry))
      for (const [name, { facts, since }] of rows)
        rows.set(name, { facts: { 渠道: facts.渠道 ?? null }, since });
  },
});

const isRegistered = (entry: Entry): boolean =>
  entry.type === 'task.completed' &&
  (entry.body.deeds ?? []).some(({ name }) => name === 'matter.registered');

export const upstreamsComparison = ofCases({
  table: upstreamTable,
  takes: (type) => type === 'upstream.linked' || type === 'upstream.handed-back',
  rows: comparedUpstreams,
  add: (rows, entry) => {
    if (entry.type === 'upstream.linked') {
      const { number, due } = entry.body;
      const until = due === null ? null : String(Math.floor(Date.parse(due) / 1000) * 1000);
      say(rows, entry.stream, { 编号: number, 期限: until, 回告: '否' }, entry);
    } else if (entry.type === 'upstream.handed-back') say(rows, entry.stream, { 回告: '是' }, entry);
  },
});

export const messagesComparison = ofCases({
  table: messageTable,
  expire: true,
  takes: (type) => type === 'caller.told' || type === 'caller.not-told',
  rows: comparedMessages,
  add: (rows, entry) => {
    if (entry.type !== 'caller.told' && entry.type !== 'caller.not-told') return;
    const { occasion, entry: of, language, template } = entry.body;
    const outcome = entry.type === 'caller.told' ? 'told' : 'not-told';
    say(
      rows,
      `${occasion} 第 ${of} 条`,
      { 语言: language, 文本的版: String(template), 结果: outcome },
      entry,
    );
  },
});
