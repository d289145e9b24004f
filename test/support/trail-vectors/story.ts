/** Events in the vectors' log: a matter with an accountability case, a rotation, a late entry. */
import { createHash } from 'node:crypto';
import type { TrailAppend } from '../../../src/accountability/index.js';
import { sealDigest } from '../../../src/kernel/seal.js';
import { signers, vectorLog, type BundleOrder } from './log.js';
import type { TestDatabase } from '../database.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const diagram =
  '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="accountability"/></definitions>\n';
const catalogue = '{"regulation":"example","version":"1"}\n';

const diagrams = new Map([['accountability-1', diagram]]);
const regulation = new Map([['catalogue-1.json', Buffer.from(catalogue)]]);

type Entry = Omit<TrailAppend, 'at'>;

/** The words of the sheet, as they are sealed in its first entry. */
export const words = {
  salt: '00112233445566778899aabbccddeeff',
  title: '小区停水',
  content: '今早停水,没有通知。e\u0301',
  particulars: '["2026-03-02T01:00:00.000Z","phone","help",true,false,"zh",false,"历下区","热线-7"]',
};

const seal = (name: keyof Omit<typeof words, 'salt'>) => ({
  name,
  salt: words.salt,
  value: null,
  digest: sealDigest(words.salt, words[name].normalize('NFC')),
});

const step = (stream: string, type: 'instance.started' | 'task.completed', body: object): Entry => ({
  stream,
  type,
  body: {
    process: 'accountability',
    version: 1,
    instance: 1,
    recordedAt: '2026-03-02T01:00:00.000Z',
    ...body,
  },
});

const rules: readonly Entry[] = [
  {
    stream: 'definition:accountability',
    type: 'definition.deployed',
    body: { key: 'accountability', version: 1, sha256: sha256(diagram) },
  },
  {
    stream: 'regulation',
    type: 'regulation.recorded',
    body: {
      regulation: 'example',
      version: '1',
      sha256: sha256(catalogue),
      file: 'catalogue-1.json',
      validFrom: '2026-01-01',
      validTo: null,
    },
  },
];

const matter = '2026-0001';
const other = '2026-0002';

export interface Story {
  /** Co-signed, with a rotation, a late entry, a chain that the manifest does not hold yet. */
  readonly holds: Buffer;
  /** The same log after a backdated entry. */
  readonly inserted: Buffer;
  /** The same log, whose manifest reports that a chain's head was put back. */
  readonly unaccounted: Buffer;
  /** With the second tree; signatures by SM2 are different every time. */
  readonly withSm: Buffer;
  /** The whole log as a folder. */
  readonly log: ReadonlyMap<string, Buffer>;
}

export async function tellStory(database: TestDatabase): Promise<Story> {
  const log = await vectorLog(database);
  try {
    const order = (witnessed: boolean, sm = false): BundleOrder => ({
      by: sm ? { ...signers.next, second: signers.sm } : signers.next,
      witnessed,
      diagrams,
      regulation,
    });
    await log.add('00:30:00', ...rules);
    await log.add('01:00:00', {
      ...step(matter, 'instance.started', { actor: '受理员甲(slj)', policies: 1 }),
      sealed: [seal('title'), seal('content'), seal('particulars')],
      state: sha256('state'),
    });
    await log.add(
      '02:00:00',
      step(matter, 'task.completed', { of: 'Task_Find', computed: { supervisionEvidence: [1] } }),
    );
    await log.witness('02:30:00');
    await log.rotate('03:00:00');
    const late = { recordedAt: '2026-03-02T03:05:00.000Z', of: 'Task_Deliver' };
    await log.addDated('2026-03-02T01:30:00Z', step(matter, 'task.completed', late));
    await log.manifest('04:00:00');
    await log.add('04:10:00', { stream: other, type: 'person.closed', body: { of: '某人', actor: '系统' } });
    const holds = await log.bundle([matter, other], order(true));
    const withSm = await log.bundle([matter], order(true, true));
    const folder = await log.folder(signers.next);
    await log.addDated('2026-03-02T01:40:00Z', {
      stream: other,
      type: 'person.closed',
      body: { of: '某人', actor: '系统' },
    });
    const inserted = await log.bundle([other], order(true));
    await log.putBack(matter, 2);
    await log.manifest('04:20:00');
    const unaccounted = await log.bundle([matter], order(true));
    return { holds, inserted, unaccounted, withSm, log: folder };
  } finally {
    await log.close();
  }
}
