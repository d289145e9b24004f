/** One entry was altered or damaged: its sheet keeps its facts, and the others continue. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { entriesBefore, sequence } from '../../../src/accountability/index.js';
import { followTrail, parsePeriod, storedFacts } from '../../../src/measures/assessment/index.js';
import { recomputePeriod } from '../../../src/cases/index.js';
import { replay } from '../../../src/cases/replay/index.js';
import { followDuties, keptDuties } from '../../../src/law/regulation/index.js';
import { madeUpMessages } from '../../support/messages.js';
import { refusalFrom } from '../../support/refusal.js';
import { useSystem } from '../../support/system.js';
import { asSuperuser } from '../../support/tamper.js';
import { note } from '../../support/note.js';

describe('考核、义务的状态，沿被改动过的轨迹', () => {
  const system = useSystem();
  let folder = '';
  let streams: readonly string[] = [];

  const within: ReturnType<typeof system>['database']['transaction'] = (work) =>
    system().database.transaction(work);
  const lived = async (count: number, seed: number): Promise<readonly string[]> => {
    const file = join(folder, `${seed}.jsonl`);
    await writeFile(file, [...madeUpMessages(count, seed)].join('\n'));
    await replay(system(), file, {
      onLine: () => undefined,
      onBad: (number, reason) => expect.fail(`${number}: ${reason}`),
    });
    await sequence(system().database);
    const rows = await within((transaction) =>
      transaction.query<{ key: string }>('SELECT business_key AS key FROM hotline.process_case ORDER BY id'),
    );
    return rows.map(({ key }) => key);
  };
  const follow = async (): Promise<void> => {
    while ((await followTrail(system().database, system().catalogues)) > 0);
    while ((await followDuties(system().database, system().catalogues)) > 0);
  };
  const keptOf = async (stream: string) => ({
    facts: await within((transaction) => storedFacts(transaction, [stream])),
    duties: await within((transaction) => keptDuties(transaction, [stream])),
  });
  const spoil = (stream: string) =>
    asSuperuser(system().database.url, [
      `UPDATE trail_entry SET body = set_byte(body, 20, 0) WHERE stream = $1 AND seq = 3`,
      stream,
    ]);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-spoilt-'));
    streams = await lived(2, 1);
    await follow();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('改动过的还没有计过的，不计；同一轮里别的照计', async () => {
    const all = await lived(3, 2);
    const [spoilt = '', ...others] = all.slice(streams.length);
    expect(others).to.have.length(2);
    await spoil(spoilt);
    await follow();
    expect(await keptOf(spoilt)).to.deep.equal({ facts: [], duties: [] });
    for (const stream of others) {
      const { facts, duties } = await keptOf(stream);
      expect(facts).to.not.have.length(0);
      expect(duties).to.not.have.length(0);
    }
  });

  it('计过以后改动的，照原来的；逐件核对时点名，不据以认定', async () => {
    const [spoilt = ''] = streams;
    const before = await keptOf(spoilt);
    expect(before.facts).to.not.have.length(0);
    await spoil(spoilt);
    const at = system().clock.now();
    await within((transaction) => system().trail.append(transaction, [note(spoilt, at)]));
    await sequence(system().database);
    await follow();
    expect(await keptOf(spoilt)).to.deep.equal(before);

    const period = parsePeriod(before.facts[0]?.period ?? '');
    const { differences } = await recomputePeriod(system(), 'replay', period);
    expect(differences.filter((one) => one.includes('被改动过')).join()).to.include(spoilt);
    const refused = await refusalFrom(
      within(async (transaction) =>
        (await entriesBefore(transaction, [spoilt], 1_000_000)).get(spoilt, system().laws.today()),
      ),
    );
    expect(refused).to.include({ code: 'trail.broken' });
    expect(refused?.where).to.equal(`${spoilt} 第 3 条`);
  });
});
