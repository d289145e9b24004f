import { expect } from 'chai';
import type { z } from 'zod';
import { sequence } from '../../src/accountability/index.js';
import type { CheckContext } from '../../src/design/compliance/index.js';
import type { regulationOperations } from '../../src/http/contract/regulation.js';
import { followDuties } from '../../src/law/regulation/index.js';
import { recordLaterVersion } from '../support/later-version.js';
import { answered, dispatched, send, useServer } from './serving.js';

type Operations = typeof regulationOperations;
type AnswerOf<Id extends keyof Operations> = z.input<Operations[Id]['answers'][200]['schema']>;

describe('条例的新版已经知道、还没有施行', () => {
  const served = useServer({ at: '2026-12-25T10:00:00+08:00' });
  const get = async <Id extends keyof Operations>(id: Id, path: string): Promise<AnswerOf<Id>> =>
    answered(id, await send(served().url, path)) as AnswerOf<Id>;
  const moveTo = (text: string): void => served().system.clock.moveTo(new Date(text));
  const coverage = (query = '') => get('readCoverage', `/api/regulation/coverage${query}`);
  const wordsIn = ({ norms }: AnswerOf<'readCoverage'>) => norms.find(({ id }) => id === 'J27')?.says;
  const daysChecked = async () => {
    const context: unknown = answered('readCheckContext', await send(served().url, '/api/checks/context'));
    const { norms } = context as CheckContext;
    return norms.find(({ id }) => id === 'J27')?.limit;
  };
  const violated = async (no: string) =>
    (await get('listDuties', '/api/duties')).items.filter((item) => item.no === no && item.norm === 'J27');

  it('施行以前：条例、覆盖、核查都依现行的一版；问哪一天，答哪一天施行的一版', async () => {
    await recordLaterVersion(served().system, '2027-01-01');
    expect((await get('readRegulation', '/api/regulation')).version).to.equal('2018');
    const now = await coverage();
    expect(now).to.include({ version: '2018', validFrom: '2018-09-01', validTo: '2027-01-01' });
    expect(wordsIn(now)).not.to.equal('四个工作日内答复');
    const then = await coverage('?on=2027-01-01');
    expect(then).to.include({ version: '2027', validFrom: '2027-01-01', validTo: null });
    expect(wordsIn(then)).to.equal('四个工作日内答复');
    expect((await coverage('?on=2026-12-31')).version).to.equal('2018');
    expect(await daysChecked()).to.deep.equal({ days: 5, of: 'working' });
  });

  it('施行的那一刻起都依新版；旧工单仍依受理时的一版', async () => {
    const { system, url } = served();
    const old = (await dispatched(url)).sheet.no;
    moveTo('2026-12-31T23:59:59+08:00');
    expect((await coverage()).version).to.equal('2018');
    moveTo('2027-01-01T00:00:00+08:00');
    expect((await get('readRegulation', '/api/regulation')).version).to.equal('2027');
    expect((await coverage()).version).to.equal('2027');
    expect(await daysChecked()).to.deep.equal({ days: 4, of: 'working' });
    const fresh = (await dispatched(url)).sheet.no;
    await sequence(system.database);
    while ((await followDuties(system.database, system.catalogues)) > 0);
    moveTo('2027-02-01T00:00:00+08:00');
    const [ofOld] = await violated(old);
    const [ofFresh] = await violated(fresh);
    expect(ofFresh?.says).to.equal('四个工作日内答复');
    expect(ofOld?.says).to.be.a('string').and.not.equal('四个工作日内答复');
    expect((await get('readDuties', `/api/work-orders/${old}/duties`)).regulation?.version).to.equal('2018');
    expect((await get('readDuties', `/api/work-orders/${fresh}/duties`)).regulation?.version).to.equal(
      '2027',
    );
  });
});
