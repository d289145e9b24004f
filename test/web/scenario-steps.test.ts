/** Editing a scenario's steps: each function returns an edited list; and the steps' sentences. */
import { expect } from 'chai';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { useLaw } from '../../src/web/law/page-law.js';
import {
  answered,
  brokenAt,
  fieldsOf,
  inserted,
  instantsOf,
  movedTo,
  settled,
  valuesOf,
  waited,
  without,
  type EditedScenario,
  type Place,
} from '../../src/web/screens/designer/rehearsal/edit-steps.js';
import {
  begunWith,
  doneBy,
  factRows,
  factsIn,
  factWrong,
  policyWrong,
  sentWith,
} from '../../src/web/screens/designer/rehearsal/edit-content.js';
import { differencesIn } from '../../src/web/screens/designer/rehearsal/expectation-words.js';
import { sentenceOf } from '../../src/web/screens/designer/rehearsal/step-sentence.js';

const place: Place = {
  name: '签收',
  roleName: '承办单位',
  form: [
    {
      key: 'receipt',
      label: '是否签收',
      type: 'choice',
      required: true,
      evidence: false,
      options: [
        { value: 'accept', label: '签收' },
        { value: 'return', label: '退回' },
      ],
    },
    { key: 'note', label: '说明', type: 'longText', required: false, evidence: false, options: [] },
  ],
  fields: { decision: 'receipt' },
};
const scenario: EditedScenario = {
  begin: { message: 'dispatch', at: '2026-10-12T09:00:00+08:00' },
  steps: [
    { text: '签收', act: { do: 'sheet.received', with: { decision: 'accept', round: 1 } }, place },
    { text: '过一天', act: { clock: '2026-10-13T09:00:00+08:00' } },
    { text: '', act: { do: 'reply.given', at: '2026-10-13T10:00:00+08:00' } },
    { text: '按时', act: { expect: { ended: true } } },
  ],
};

describe('改情景的步骤', () => {
  before(() => useLaw(shippedLaw('2026-03-02')));

  it('删一步、加一步、加一段等待；等待以后的各步跟着晚，没有自己时刻的随前一步', () => {
    expect(without(scenario, 1).steps.map(({ text }) => text)).to.deep.equal(['签收', '', '按时']);
    const sent = inserted(scenario, 1, { text: '', act: { send: 'urge' } });
    expect(instantsOf(sent).slice(0, 2)).to.deep.equal([scenario.begin.at, scenario.begin.at]);
    const longer = waited(scenario, 0, 2 * 86_400_000);
    expect(instantsOf(longer)).to.deep.equal([
      '2026-10-14T09:00:00+08:00',
      '2026-10-14T09:00:00+08:00',
      '2026-10-15T09:00:00+08:00',
      '2026-10-15T10:00:00+08:00',
      '2026-10-15T10:00:00+08:00',
    ]);
  });

  it('改时刻：只改这一步，或者以后的各步跟着移；改过的一步不再用原来的话', () => {
    const alone = movedTo(scenario, 1, '2026-10-13T08:00:00+08:00', { onward: false });
    expect(instantsOf(alone).slice(1, 3)).to.deep.equal([
      '2026-10-13T08:00:00+08:00',
      '2026-10-13T10:00:00+08:00',
    ]);
    expect(alone.steps[1]?.text).to.equal('');
    const all = movedTo(scenario, -1, '2026-10-13T09:30:00+08:00', { onward: true });
    expect(all.begin.at).to.equal('2026-10-13T09:30:00+08:00');
    expect(instantsOf(all).slice(1, 3)).to.deep.equal([
      '2026-10-14T09:30:00+08:00',
      '2026-10-14T10:30:00+08:00',
    ]);
  });

  it('改填的内容：照表单的栏目，写回行为的事实；表单没有的事实照旧', () => {
    const [step] = scenario.steps;
    expect(step && fieldsOf(step).map(({ key }) => key)).to.deep.equal(['receipt']);
    expect(step && valuesOf(step)).to.deep.equal({ receipt: 'accept' });
    expect(answered(scenario, 0, { receipt: 'return' }).steps[0]?.act).to.deep.equal({
      do: 'sheet.received',
      with: { round: 1, decision: 'return' },
    });
    expect(settled(scenario, 3, { ended: false }).steps[3]?.act).to.deep.equal({ expect: { ended: false } });
  });

  it('每一步是一句话：何时、谁、办哪一项、填了什么', () => {
    const law = { deeds: [{ name: 'reply.given', title: '回复来电人', facts: {} }], clocks: [] };
    const instants = instantsOf(scenario);
    const said = scenario.steps.map((step, index) =>
      sentenceOf(step, {
        law,
        messages: [],
        before: instants[index - 1] ?? scenario.begin.at,
        at: instants[index] ?? '',
      }),
    );
    expect(said).to.deep.equal([
      '2026-10-12 09:00，承办单位办“签收”，是否签收填“签收”，round填“1”',
      '等 1 天，到 2026-10-13 09:00',
      '2026-10-13 10:00，做“回复来电人”',
      '核对应当如何：已经结束',
    ]);
  });

  it('应当如何与走出来的不同，只说不同的几项，用话不用代号', () => {
    const words = {
      law: { deeds: [], clocks: [{ key: 'reply', title: '答复期限' }] },
      messages: [],
    };
    const duty = { norm: 'J27', state: 'satisfied' };
    expect(
      differencesIn(
        { duties: [duty], due: { reply: '2026-10-20T00:00:00+08:00' }, shown: ['甲', '乙'], ended: true },
        {
          duties: [{ ...duty, state: 'temporarily-violated' }],
          due: { reply: null },
          shown: ['乙', '甲'],
          ended: true,
        },
        words,
      ),
    ).to.deep.equal([
      '期限：应当是 答复期限 2026-10-19 24:00，走出来的是 答复期限 没有',
      '义务：应当是 J27 ✓ 已履行，走出来的是 J27 ! 暂时违反',
      '来电人看到的：先后、次数不同，走出来的是 乙、甲',
    ]);
  });

  it('说得出到第几步不再成立：核对不上的在办不成的以前，就是它', () => {
    const refused = { act: 2, code: 'task.not-found', message: '没有这一项', remedy: '先签收' };
    const unmet = { act: 1, unmet: ['升级应为 黄，实际是 红'], came: {} };
    expect(brokenAt({ refused, expectations: [unmet] })).to.deep.equal({ step: 1, why: unmet.unmet });
    expect(brokenAt({ refused, expectations: [] })).to.deep.equal({
      step: 2,
      why: ['没有这一项', '办法：先签收'],
    });
    expect(brokenAt({ refused: null, expectations: [{ ...unmet, unmet: [] }] })).to.equal(undefined);
  });

  it('开始时的变量、政策，由谁办，送来的内容：写什么是什么，写错的说在那一行', () => {
    const facts = { count: 3, urgent: false, note: '甲', none: null, listed: ['a'] };
    const rows = factRows(facts);
    expect(factsIn(rows)).to.deep.equal(facts);
    expect(rows.map((row) => factWrong(row, rows))).to.deep.equal(['', '', '', '', '']);
    const wrong = (row: Partial<(typeof rows)[number]>) => {
      const one = { name: 'n', kind: 'text', text: '', ...row } as const;
      return factWrong(one, [one]);
    };
    expect(wrong({ name: '' })).to.include('哪个变量');
    expect(wrong({ kind: 'number', text: '三' })).to.include('写一个数');
    expect(wrong({ kind: 'boolean' })).to.include('是或者否');
    expect(
      factWrong({ name: 'n', kind: 'text', text: '' }, factRows({ n: 1 }).concat(factRows({ n: 2 }))),
    ).to.include('两遍');
    const begun = begunWith(scenario, { facts: { noContact: true }, policies: { withdrawal: 'none' } });
    expect(begun.begin).to.deep.include({ facts: { noContact: true }, policies: { withdrawal: 'none' } });
    expect(begunWith(begun, { facts: {}, policies: {} }).begin).to.deep.equal(scenario.begin);
    const by = doneBy(scenario, 0, 'unit/甲');
    expect(by.steps[0]).to.deep.include({ text: '' });
    expect(by.steps[0]?.act).to.have.property('by', 'unit/甲');
    const intake = doneBy(scenario, 0, 'intake').steps[0] ?? expect.fail();
    const around = { law: { deeds: [], clocks: [] }, messages: [], before: '', at: scenario.begin.at };
    expect(sentenceOf(intake, around)).to.include('受理人员办“签收”');
    expect(doneBy(by, 0, '').steps[0]?.act).to.deep.equal(scenario.steps[0]?.act);
    const sent = inserted(scenario, 0, { text: '送来', act: { send: 'urge' } });
    expect(sentWith(sent, 0, { why: '急' }).steps[0]?.act).to.deep.equal({
      send: 'urge',
      with: { why: '急' },
    });

    const length = { value: 'P5D', choices: [], least: 1, most: 10 };
    expect(policyWrong(length, 'P3D')).to.equal('');
    expect(policyWrong(length, 'PT3H')).to.include('P5D');
    expect(policyWrong(length, 'P11D')).to.equal('至多 10');
    const choice = { ...length, choices: [{ value: 'free', label: '随便' }] };
    expect(policyWrong(choice, 'free')).to.equal('');
    expect(policyWrong(choice, 'other')).to.include('选一个');
  });
});
