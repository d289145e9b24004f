/** A draft that loses what is done today cannot be submitted, whatever reasons are written. */
import { expect } from 'chai';
import {
  checkDraft,
  createDraft,
  orderTrial,
  readDraft,
  submitDraft,
  viewTrial,
} from '../../../src/design/governance/index.js';
import { Refusal } from '../../../src/kernel/index.js';
import { packageText } from '../../../src/kernel/package-content.js';
import { useSystem } from '../../support/system.js';
import { workJobs } from '../../support/tried.js';

const editor = { login: 'bianji', actor: '编辑甲', roles: ['compliance-editor'] };

describe('草案把现行做到的丢了', () => {
  const system = useSystem();

  it('黄牌不再给级别：试跑说出来、有演示的一件，写明理由也不能提交', async () => {
    const deps = { ...system(), ...system().governance };
    const source = packageText('processes/handling.bpmn').replace(/(name="黄牌") duty:level="yellow"/, '$1');
    const id = await createDraft(deps, { key: 'handling', title: '黄牌', reason: '试', source }, editor);
    await orderTrial(deps, id, editor);
    await workJobs(system());
    const standing = await viewTrial(deps, id);
    const behaviour = standing.state === 'made' ? standing.trial.reports?.scenarios.behaviour : undefined;
    expect(behaviour?.lost.map(({ says }) => says)).to.deep.equal(['升级“黄牌”没有了']);
    expect(behaviour?.lost[0]?.steps).to.not.be.empty;

    const { findings } = await checkDraft(deps, id);
    const reasons = findings.map(({ rule, element }) => ({ rule, element, reason: '政策会上定的' }));
    const { sha256 } = await system().database.transaction((transaction) =>
      readDraft(transaction, id, deps.clock.now()),
    );
    const refused = await submitDraft(deps, id, { sha256, comment: '请审', reasons }, editor).catch(
      (error: unknown) => error,
    );
    expect(refused).to.be.instanceOf(Refusal);
    expect(refused).to.include({ code: 'draft.blocked' });
    expect(String(refused)).to.include('升级“黄牌”没有了');
  });
});
