/** An unused database gives no ground for a verdict, however many nights the program has run on it. */
import { expect } from 'chai';
import { sequence, signCheckpoint, verifyTrail, writeManifest } from '../../src/accountability/index.js';
import { recordShippedPolicies } from '../../src/cases/index.js';
import { recordShippedRegulation } from '../../src/law/regulation/index.js';
import { newcomer } from '../support/people.js';
import { useSystem } from '../support/system.js';

describe('没有人用过的数据库', () => {
  const system = useSystem();
  const verdict = async () => {
    const { database, signer } = system();
    await sequence(database);
    await signCheckpoint({ ...system(), signer: await signer() });
    return (await verifyTrail(system())).verdict;
  };

  it('装好、过了几夜，写了清单：没有可以核验的，不说成立', async () => {
    await recordShippedPolicies(system());
    await recordShippedRegulation(system());
    for (let night = 0; night < 2; night += 1) {
      await sequence(system().database);
      await writeManifest(system());
    }
    const { state, conclusion, next } = await verdict();
    expect({ state, conclusion }).to.deep.equal({ state: 'unused', conclusion: '判断不了：没有可以核验的' });
    expect(next.join()).to.include('没有恢复成');
  });

  it('开了第一个帐号，就有了', async () => {
    await newcomer(system(), { login: 'first', roles: ['security-admin'] });
    expect((await verdict()).state).to.equal('genuine');
  });
});
