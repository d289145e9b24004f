import { expect } from 'chai';
import { pastCases, replayPastCase, type PastCase } from '../../../src/design/rehearsal/index.js';
import { theShippedStage } from '../../support/case-runner.js';
import { useSystem } from '../../support/system.js';
import { levelsIn } from '../../../src/accountability/events/index.js';

describe('以往的工单从库里读出来重走', () => {
  const system = useSystem();
  const at = new Date('2026-03-02T10:00:00+08:00');
  const until = new Date('2026-03-10T00:00:00+08:00');

  it('第二十四条、第二十八条：最近的在前，只取实际运行的；没人办的重走到提醒、黄牌、红牌、督办', async () => {
    const variables = { channel: 'phone', kind: 'help', wishesReply: true, confidential: false, unit: '甲' };
    const start = { kind: 'start', process: 'handling', at, variables } as const;
    await system().executor.execute([
      { ...start, businessKey: '以往-1', realm: 'live' },
      { ...start, businessKey: '回放-1', realm: 'replay' },
    ]);
    await system().executor.execute([{ ...start, businessKey: '以往-2', realm: 'live' }]);
    const found: PastCase[] = [];
    for await (const past of pastCases(system(), 10, until)) found.push(past);
    expect(found.map(({ no }) => no)).to.deep.equal(['以往-2', '以往-1']);

    const [first] = found;
    if (!first) throw new Error('nothing was found');
    const { rehearsed, unfit } = replayPastCase(await theShippedStage(), first);
    expect(unfit).to.equal(undefined);
    const levels = rehearsed.entries.flatMap(levelsIn);
    expect(levels).to.deep.equal(['reminder', 'yellow', 'red', 'supervision']);
  });
});
