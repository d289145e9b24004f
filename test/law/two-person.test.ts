/** The eight decisions by two people, each really begun: nobody approves their own, whatever their display name. */
import { expect } from 'chai';
import { packageText } from '../../src/kernel/package-content.js';
import {
  applyForExclusion,
  approveIntervention,
  correctPublication,
  exclusionDecision,
  interventionDecision,
  issuePublication,
  methodDecision,
  openProposals,
  possibleInterventions,
  proposeIntervention,
  proposeMethod,
  proposePolicy,
  ruleAmendment,
  ruleMethod,
  ruleOnExclusion,
  rulePolicy,
  rulePublication,
  saveAmendment,
  writeTypicalCases,
} from '../../src/cases/index.js';
import {
  approveDraft,
  approveMigration,
  createDraft,
  draftDecision,
  migrationDecision,
  proposeMigration,
  readDraft,
  submitDraft,
} from '../../src/design/governance/index.js';
import { operations, type OperationId } from '../../src/http/contract/operations.js';
import { roles } from '../../src/identity/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { policyDecision } from '../../src/law/policy/index.js';
import { amendmentDecision, recordShippedRegulation } from '../../src/law/regulation/index.js';
import type { Officer } from '../../src/law/two-person/index.js';
import {
  parsePeriod,
  publicationDecision,
  replaceFacts,
  sampleMethod,
} from '../../src/measures/assessment/index.js';
import { asOwner } from '../support/owner.js';
import { somebody } from '../support/people.js';
import { refusalFrom } from '../support/refusal.js';
import { mendProcess, stalledCase } from '../support/stalling-process.js';
import { useSystem } from '../support/system.js';

type System = ReturnType<ReturnType<typeof useSystem>>;
type Approve = (by: Officer) => Promise<unknown>;

interface Process {
  readonly own: string;
  /** Begins one and hands it in. @returns how it is approved */
  readonly begin: (system: System, by: Officer) => Promise<Approve>;
}

const reason = '理由';

/** Its checks run in threads of the built program, which another test covers. */
const drafting = (system: System) => ({
  ...{ ...system, ...system.governance },
  compare: () => Promise.resolve([]),
  check: () => Promise.resolve({ publishable: true, findings: [] }),
});

const processes: { readonly [name: string]: Process } = {
  流程图和决策表: {
    own: 'draft.own',
    begin: async (system, by) => {
      const deps = drafting(system);
      const shipped = packageText('processes/handling.bpmn', packageRoot);
      const source = shipped.replace('</bpmn:definitions>', '<!-- 改 --></bpmn:definitions>');
      const id = await createDraft(deps, { key: 'handling', title: '改', reason, source }, by);
      const { sha256 } = await system.database.transaction((transaction) =>
        readDraft(transaction, id, system.clock.now()),
      );
      await submitDraft(deps, id, { sha256, comment: reason, reasons: [] }, by);
      return (approver) => approveDraft(deps, id, { sha256, comment: reason }, approver);
    },
  },
  工单换版: {
    own: 'migration.own',
    begin: async (system, by) => {
      await mendProcess(system);
      const deps = { ...system, ...system.governance };
      const id = await proposeMigration(deps, { key: 'stalling', from: 1, to: 2, mapping: {}, reason }, by);
      return (approver) => approveMigration(deps, id, reason, approver);
    },
  },
  条例的修改: {
    own: 'amendment.own',
    begin: async (system, by) => {
      const terms = {
        ...{ title: '修改办理期限', source: '示例', inForceFrom: '2027-06-01', reason },
        transition: 'new',
        edits: [{ edit: 'norm', norm: 'J27', set: { limit: { days: 3, of: 'working' } } }],
      } as const;
      const { id, sha256 } = await saveAmendment(system, { id: undefined, basedOn: 0, terms }, by);
      await ruleAmendment(system, id, { act: 'submit', sha256, reason }, by);
      return (approver) => ruleAmendment(system, id, { act: 'approve', sha256, reason }, approver);
    },
  },
  政策: {
    own: 'policy.not-yours',
    begin: async (system, by) => {
      const request = {
        key: 'supervisionLimit',
        value: 'P2D',
        effectiveOn: '2027-06-01',
        reason,
        document: null,
      };
      const { id } = await proposePolicy(system, request, by);
      return (approver) => rulePolicy(system, id, { decision: 'approve', reason }, approver);
    },
  },
  考核办法: {
    own: 'assessment.not-yours',
    begin: async (system, by) => {
      const content = sampleMethod(system.laws.today());
      const { id } = await proposeMethod(system, { content, effectiveFrom: '2027-06', reason }, by);
      const ruling = { decision: 'approve', reason, document: '济政〔2026〕9号' } as const;
      return (approver) => ruleMethod(system, id, ruling, approver);
    },
  },
  不计考核: {
    own: 'assessment.not-yours',
    begin: async (system, by) => {
      const fact = {
        measure: 'reply',
        ...{ stream: '办-1', opened: 1, decided: 2, unit: '市水务局' },
        realm: 'live',
        ...{ at: system.clock.now(), period: parsePeriod('2026-12'), met: false, round: 1, excluded: false },
        ...{ kind: '', area: '', district: '', lead: '' },
      } as const;
      await system.database.transaction((transaction) => replaceFacts(transaction, [], [fact]));
      const request = { sheet: '办-1', measure: 'reply', opened: 1, ground: reason } as const;
      const { id } = await applyForExclusion(system, { ...by, units: ['市水务局'] }, request);
      // Moved to another unit since.
      return (approver) =>
        ruleOnExclusion(system, { ...approver, units: ['市热线工作机构'] }, id, { granted: true, reason });
    },
  },
  公开: {
    own: 'assessment.not-yours',
    begin: async (system, by) => {
      const order = { kind: 'intake', period: parsePeriod('2026-11'), reason } as const;
      const { id } = await correctPublication(system, order, by);
      await writeTypicalCases(system, id, [], by);
      return (approver) => rulePublication(system, id, { decision: 'approve', reason }, approver);
    },
  },
  人工处置: {
    own: 'intervention.own',
    begin: async (system, by) => {
      const no = '抢修-0001';
      const act = { kind: 'set', name: 'helpers', value: true, instance: null, token: null } as const;
      const { basedOn } = await possibleInterventions(system, no);
      await proposeIntervention(system, { no, act, basedOn, reason }, by);
      const trail = await system.database.transaction((transaction) => system.trail.read(transaction, [no]));
      const proposal = openProposals(trail.get(no) ?? [])[0]?.seq ?? 0;
      return (approver) => approveIntervention(system, { no, proposal, comment: reason }, approver);
    },
  },
};

describe('两人决定：提出的人不批准，不看姓名怎样写', () => {
  const system = useSystem({ at: '2026-12-25T07:00:00+08:00' });
  const called = async (login: string): Promise<Officer> => {
    const { actor } = await system().identity.people.named(login);
    return somebody(login, actor);
  };
  const renamed = (login: string, name: string) =>
    asOwner(system().database.url, `UPDATE hotline.person SET name = '${name}' WHERE login = '${login}'`);

  before(async () => {
    const { people } = system().identity;
    await people.addUnit({ name: '市热线工作机构', kind: 'hotline' }, '测试');
    await people.addUnit({ name: '市水务局', kind: 'department' }, '测试');
    for (const login of ['zhangsan', 'zhangsan2'])
      await people.add({ login, name: '张三', unit: '市热线工作机构', oidcSubject: `test ${login}` }, '测试');
    await recordShippedRegulation(system());
    await stalledCase(system(), '抢修-0001');
  });

  for (const [name, { own, begin }] of Object.entries(processes))
    it(`${name}：换个写法、改了名、在命令行上，都是本人；同名的另一人可以`, async () => {
      const author = await called('zhangsan');
      const approve = await begin(system(), author);
      const refused = async (by: Officer): Promise<void> =>
        expect((await refusalFrom(approve(by)))?.code, JSON.stringify(by)).to.equal(own) as unknown as void;
      await refused(author);
      for (const actor of ['张 三（zhangsan）', '张三', '别的姓名']) await refused({ ...author, actor });
      await renamed('zhangsan', '张叁');
      await refused(await called('zhangsan'));
      await refused({ ...(await called('zhangsan')), machine: 'root' });
      await renamed('zhangsan', '张三');
      // Not even the bracketed name distinguishes them.
      await approve({ ...(await called('zhangsan2')), actor: author.actor });
    });

  it('命令行写的是登录名：姓名、没有的、停用的帐号都拒绝，说出怎么办', async () => {
    const { people } = system().identity;
    await people.add(
      { login: 'tingyong', name: '停用', unit: '市热线工作机构', oidcSubject: 'test 0' },
      '测试',
    );
    await people.close('tingyong', '测试');
    for (const login of ['张三', '张三（zhangsan）', 'nobody', 'tingyong', ''])
      expect(await refusalFrom(people.named(login)), login).to.include({ code: 'person.not-found' });
    const refusal = await people.named('张三').catch((error: unknown) => error as { remedy: string });
    expect(refusal).to.have.property('remedy').that.includes('写登录名').and.includes('hotline setup');
  });

  it('命令行上不批准、不否决：坐在机器前的人可以写别人的登录名', async () => {
    const request = {
      key: 'dispatchLimit',
      value: 'PT20H',
      effectiveOn: '2027-06-01',
      reason,
      document: null,
    };
    const author = { ...(await called('zhangsan')), machine: 'root' };
    const other = await called('zhangsan2');
    const { id } = await proposePolicy(system(), request, author);
    const inConsole = await proposePolicy(system(), request, await called('zhangsan'));
    for (const one of [id, inConsole.id])
      for (const decision of ['approve', 'reject'] as const) {
        const by = { ...other, machine: 'hotline' };
        const refusal = await refusalFrom(rulePolicy(system(), one, { decision, reason }, by));
        expect(refusal).to.include({ code: 'policy.not-yours' });
        expect(refusal?.message).to.include('命令行');
      }
    expect((await rulePolicy(system(), id, { decision: 'approve', reason }, other)).ruling).to.include({
      login: 'zhangsan2',
      machine: null,
    });
  });

  it('批准公开的人不发布', async () => {
    const { database } = system();
    const [{ id = 0 } = {}] = await database.transaction((transaction) =>
      transaction.query<{ id: number }>('SELECT max(id) AS id FROM assessment_publication'),
    );
    const performer = { actor: '', does: () => true };
    const issue = (by: Officer) => issuePublication(system(), id, '考公〔2026〕1号', performer, by);
    expect((await refusalFrom(issue(somebody('zhangsan2', '别的姓名'))))?.code).to.equal(
      'assessment.not-yours',
    );
    await issue(await called('zhangsan'));
  });

  it('谁可以做，与接口所许的一致', () => {
    const law = system().laws.today();
    const proposal = { id: 1, login: 'a', author: '', ruling: null };
    const exclusion = { id: 1, login: 'a', appliedBy: '', ruling: null } as never;
    const publication = { state: 'draft', writers: [], approvedBy: null } as const;
    const draft = { id: 1, state: 'submitted', authors: [] } as const;
    const amendment = { id: 1, state: 'submitted', editors: [], approvers: [] } as const;
    const migration = { id: 1, state: 'proposed', login: 'a', actor: '' } as const;
    const intervention = { seq: 1, state: 'open', login: 'a', actor: '' } as const;
    const decision = publicationDecision('');
    const cases: readonly (readonly [OperationId, (by: Officer) => { code: string } | undefined])[] = [
      ['saveDraft', (by) => draftDecision.hindrance(draft, 'save', by)],
      ['submitDraft', (by) => draftDecision.hindrance(draft, 'submit', by)],
      ['approveDraft', (by) => draftDecision.hindrance(draft, 'approve', by)],
      ['rejectDraft', (by) => draftDecision.hindrance(draft, 'reject', by)],
      ['withdrawDraft', (by) => draftDecision.hindrance(draft, 'withdraw', by)],
      ['scheduleDraft', (by) => draftDecision.hindrance(draft, 'schedule', by)],
      ['commentDraft', (by) => draftDecision.hindrance(draft, 'comment', by)],
      ['orderTrial', (by) => draftDecision.hindrance(draft, 'try', by)],
      ['approveMigration', (by) => migrationDecision.hindrance(migration, 'approve', by)],
      ['withdrawMigration', (by) => migrationDecision.hindrance(migration, 'withdraw', by)],
      ['runMigration', (by) => migrationDecision.hindrance(migration, 'start', by)],
      ['saveAmendment', (by) => amendmentDecision.hindrance(amendment, 'save', by)],
      ['approveIntervention', (by) => interventionDecision.hindrance(intervention, 'approve', by)],
      ['withdrawIntervention', (by) => interventionDecision.hindrance(intervention, 'withdraw', by)],
      ['ruleOnExclusion', (by) => exclusionDecision(law).hindrance(exclusion, 'rule', by)],
      ['rulePublication', (by) => decision.hindrance(publication, 'approve', by)],
      ['issuePublication', (by) => decision.hindrance(publication, 'publish', by)],
    ];
    for (const [id, hindrance] of cases) {
      const able = roles.filter(
        (role) => hindrance({ ...somebody('b'), roles: [role] })?.code !== 'access.denied',
      );
      expect(able, id).to.have.members([...operations[id].access]);
    }
    for (const [id, ruled] of [
      ['rulePolicy', policyDecision],
      ['ruleMethod', methodDecision(law)],
    ] as const) {
      const able = roles.filter(
        (role) => ruled.possible(proposal, { ...somebody('b'), roles: [role] }).length > 0,
      );
      expect(able, id).to.deep.equal(['compliance-approver']);
      expect(operations[id].access).to.include('compliance-approver');
    }
  });
});
