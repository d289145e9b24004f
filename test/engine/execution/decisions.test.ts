/** Tables decide business rule tasks on both runtimes; the trail records version, inputs and rule. */
import { expect } from 'chai';
import {
  caseInMemory,
  definitionSet,
  parseDecision,
  type CaseInMemory,
  type Definitions,
} from '../../../src/engine/index.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import { decisionXml, type WrittenTable } from '../../support/decision-table.js';
import { refusalOf } from '../../support/refusal.js';
import { onlyLaw } from '../../../src/kernel/law.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { runtimeNamed, type RuntimeName } from '../../support/runtimes.js';
import { handlersOf } from '../../support/system.js';

const diagram = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1">
<process id="sorting"><startEvent id="begin"/><userTask id="work"/><businessRuleTask id="rate" duty:decision="level"/>
  <exclusiveGateway id="which"/><userTask id="grave"/><userTask id="light"/>
  <sequenceFlow id="a" sourceRef="begin" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="rate"/>
  <sequenceFlow id="c" sourceRef="rate" targetRef="which"/>
  <sequenceFlow id="d" sourceRef="which" targetRef="grave"><conditionExpression>= level = "grave"</conditionExpression></sequenceFlow>
  <sequenceFlow id="e" sourceRef="which" targetRef="light"><conditionExpression>= level = "light"</conditionExpression></sequenceFlow>
</process></definitions>`;

const levels = (...rules: WrittenTable['rules']): string =>
  decisionXml({
    key: 'level',
    name: '级别',
    inputs: [
      ['days', 'number'],
      ['said', 'string'],
      ['policies.most', 'string'],
    ],
    outputs: [['level', 'string']],
    rules,
  });

const first = levels(['> 5', '-', '-', '"grave"'], ['[1..5]', '-', '-', '"light"']);
const second = levels(['> 3', '-', '-', '"grave"'], ['<= 3', '-', '-', '"light"']);
const begin = new Date('2026-03-04T04:00:00Z');
const after = (minutes: number): Date => new Date(begin.getTime() + minutes * 60_000);

for (const runtime of ['token', 'bpmn-engine'] as const) {
  describe(`业务规则任务由决策表决定（${runtime}）`, () => {
    it('结果写进工单，流程照它走；轨迹记着哪张表第几版、各输入、第几行、结果', async () => {
      const one = await caseOf([diagram, first], runtime);
      complete(one, { days: 7, said: '张三家的水管' });
      expect(tasksOf(one)).to.deep.equal(['grave']);
      const body = one.entries.at(-1)?.body;
      expect(body).to.deep.include({ computed: { level: 'grave' } });
      expect(body?.decisions).to.deep.equal([
        {
          element: 'rate',
          decision: 'level',
          version: 1,
          inputs: [
            { label: 'days', value: 7 },
            // 表里没有写到的文字可能是个人信息,不进轨迹。
            { label: 'said', value: '（文字）' },
            { label: 'policies.most', value: 'P5D' },
          ],
          rules: [1],
          outputs: { level: 'grave' },
        },
      ]);
    });

    it('没有一行适用、没有这张表：这一步不办，说出停在哪里', async () => {
      const gap = await caseOf([diagram, first], runtime);
      const refusal = refusalOf(() => complete(gap, { days: -1 }));
      expect(refusal).to.include({ code: 'decision.no-rule', where: 'rate' });
      expect(tasksOf(gap)).to.deep.equal(['work']);
      const none = await caseOf([diagram], runtime);
      expect(refusalOf(() => complete(none, { days: 1 }))).to.include({
        code: 'definition.not-found',
        where: 'rate',
      });
    });

    it('用流程开始时现行的那一版；那一版没有答案的，由今天现行的一版代替，轨迹写明', async () => {
      const [older, newer] = [await parseDecision(first), await parseDecision(second)];
      const table: Definitions['table'] = (_key, at) =>
        at < after(10)
          ? { id: -1, key: 'level', version: 1, table: older }
          : { id: -2, key: 'level', version: 2, table: newer };
      const one = await caseOf([diagram], runtime, table);
      complete(one, { days: 4 }, after(20));
      expect(tasksOf(one)).to.deep.equal(['light']);
      const mended = await caseOf([diagram], runtime, table);
      complete(mended, { days: 0 }, after(20));
      expect(mended.entries.at(-1)?.body.decisions).to.deep.include.members([
        {
          element: 'rate',
          decision: 'level',
          version: 2,
          insteadOf: 1,
          inputs: [
            { label: 'days', value: 0 },
            { label: 'said', value: null },
            { label: 'policies.most', value: 'P5D' },
          ],
          rules: [2],
          outputs: { level: 'light' },
        },
      ]);
    });
  });
}

async function caseOf(
  sources: readonly string[],
  runtime: RuntimeName,
  table?: Definitions['table'],
): Promise<CaseInMemory> {
  const set = await definitionSet(sources);
  const one = caseInMemory(
    {
      definitions: table ? { ...set, table } : set,
      runtime: runtimeNamed(runtime),
      handlers: handlersOf({}),
      laws: onlyLaw(shippedLaw('2026-03-02')),
      policies: { at: () => ({ version: 1, value: (key) => (key === 'most' ? 'P5D' : undefined) }) },
      dueDates: { due: (_spec, from) => ({ at: from, derivation: {}, provisional: false }) },
    },
    { businessKey: '2026-0001' },
  );
  one.take({ kind: 'start', businessKey: '2026-0001', process: 'sorting', realm: 'replay', at: begin });
  return one;
}

function complete(one: CaseInMemory, variables: JsonObject, at = after(1)): void {
  const stimulus = { kind: 'complete', task: 'work' } as const;
  one.take({ kind: 'stimulate', caseId: '1', instance: 1, stimulus, at, variables });
}

const tasksOf = ({ file }: CaseInMemory): string[] =>
  [...file.tasks.values()].map(({ element }) => element).sort();
