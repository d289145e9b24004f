/** What is kept beside the diagrams: classes, other channels, another system's log. */
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { accept, waterCut } from '../http/serving.js';
import { logDroppingJob } from '../../src/takeover/index.js';
import type { Day } from './day.js';
import { callAs, hour } from './rules-office.js';

interface Tree {
  readonly classes: readonly {
    readonly code: string;
    readonly name: string;
    readonly path: readonly { readonly code: string }[];
    readonly trade: string | null;
  }[];
}

/** Adds a branch to the tree and removes a leaf again; sheets are classified by each version. */
export async function classes(day: Day): Promise<void> {
  const tree = (await callAs(day, 'one', 'readClassification')) as Tree;
  const standing = tree.classes.map(({ code, name, path, trade }) =>
    [code, name, path.at(-2)?.code ?? '', trade ?? ''].join(','),
  );
  const csv = (...more: string[]): string =>
    ['编码,名称,上级编码,行业', ...standing, 'GZ,规则的样本,,供水', ...more, ''].join('\n');
  const [first, second] = [csv('GZ1,夜间停水,GZ,', 'GZ2,水压低,GZ,'), csv('GZ1,夜间没有水,GZ,')];
  const titles = ['事项分类（第一次修订）', '事项分类（第二次修订）'];
  await callAs(day, 'editor', 'previewClassification', { body: { csv: first, title: titles[0] } });
  await callAs(day, 'one', 'importClassification', { body: { csv: first, title: titles[0] } });
  for (const code of ['GZ1', 'GZ2']) await accept(day.served.url, { ...waterCut, class: code });
  await day.work();
  await callAs(day, 'one', 'previewClassification', { body: { csv: second, title: titles[1] } });
  await callAs(day, 'two', 'importClassification', { body: { csv: second, title: titles[1] } });
  await day.call('acceptRequest', { body: { ...waterCut, class: 'GZ1' } });
  await day.work();
}

interface Channels {
  readonly version: number;
  readonly channels: readonly object[];
}

const hall = {
  ...{ key: 'rules-hall', name: '市民中心的窗口', emergency: false, procedure: 'other' },
  ...{ reach: '市民中心二楼', basis: '《信访工作条例》', words: ['当面说'] },
  ...{ except: ['信访件'], dial: '12345', names: { en: 'Petition office' } },
  answers: { wayOut: 'elsewhere' },
};

/** Adds a channel, and changes its text again. */
export async function otherChannels(day: Day): Promise<void> {
  const now = (await callAs(day, 'supervisor', 'readOtherChannels')) as Channels;
  const plain = { ...hall, key: 'rules-plain', name: '社区的服务站', answers: undefined, names: undefined };
  const added = (await callAs(day, 'supervisor', 'saveOtherChannels', {
    body: { channels: [...now.channels, hall, plain], basedOn: now.version, reason: '照本市的' },
  })) as Channels;
  await callAs(day, 'one', 'saveOtherChannels', {
    body: { channels: now.channels, basedOn: added.version, reason: '窗口搬了' },
  });
}

interface OldLog {
  readonly id: number;
  readonly mapping: { readonly activities?: object };
}

const log = [
  '工单号，环节，时间，承办单位，经办人',
  'B1，登记工作流转单，2026-02-02 09:00，热线，张一',
  'B1，交承办单位，2026-02-02 10:00，市水务局，张一',
  'B1，回复来电人，2026-02-12 10:00，市水务局，李二',
].join('\n');

/** Checked twice, with a corrected mapping in between; one deleted, one left until it expires. @returns its number */
export async function oldLogs(day: Day): Promise<number> {
  const upload = async (
    name: string,
    content: string | Buffer,
    query?: { readonly [name: string]: string },
  ) =>
    (await callAs(day, 'editor', 'uploadOldLog', {
      ...{ body: content, headers: { 'x-file-name': encodeURIComponent(name) } },
      ...(query ? { query } : {}),
    })) as OldLog;
  const check = async ({ id }: OldLog, mapping: object): Promise<void> => {
    await callAs(day, 'editor', 'checkOldLog', { params: { id }, body: { mapping } });
    await day.work();
  };
  const kept = await upload('旧日志.csv', log);
  await check(kept, kept.mapping);
  const reply = ['handling.stated', 'reply.given', 'hotline.informed'].map((deed) => ({ deed }));
  await check(kept, { ...kept.mapping, activities: { ...kept.mapping.activities, 回复来电人: reply } });
  const zipped = await upload('旧日志二.csv.gz', gzipSync(log), { zone: 'Asia/Shanghai' });
  await check(zipped, zipped.mapping);
  await callAs(day, 'one', 'dropOldLog', { params: { id: zipped.id } });
  const unread = await upload('旧日志三.csv', log, { encoding: 'utf-8' });
  await callAs(day, 'editor', 'dropOldLog', { params: { id: unread.id } });
  day.later(73 * hour);
  await tidied(day);
  await callAs(day, 'one', 'readOldLog', { params: { id: kept.id } });
  await day.work();
  return kept.id;
}

const tidied = (day: Day): Promise<void> =>
  logDroppingJob(day.served.system).work({}, { attempt: 1, signal: new AbortController().signal });

/** A month later nothing of it is left. */
export async function oldLogGone(day: Day, id: number): Promise<void> {
  await tidied(day);
  const { items } = (await callAs(day, 'one', 'listOldLogs')) as { readonly items: readonly OldLog[] };
  expect(items.map((one) => one.id)).not.to.include(id);
  await day.work();
}
