/** An endless loop without any act is stopped at once, and the refusal names the cycle. */
import { expect } from 'chai';
import { caseInMemory, definitionSet, type CaseInMemory } from '../../../src/engine/index.js';
import { refusalOf } from '../../support/refusal.js';
import { onlyLaw } from '../../../src/kernel/law.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { runtimeNamed, type RuntimeName } from '../../support/runtimes.js';
import { handlersOf } from '../../support/system.js';

const of = (parts: string, root = ''): string =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1">${root}${parts}</definitions>`;
const flow = (id: string, from: string, to: string, condition = ''): string =>
  `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${condition && `<conditionExpression>= ${condition}</conditionExpression>`}</sequenceFlow>`;
const event = (tag: string, id: string, definition: string): string =>
  `<${tag} id="${id}">${definition}</${tag}>`;
const message = (id: string): string => `<messageEventDefinition messageRef="${id}"/>`;

/** `count` goes up by one each round. */
const counting = (rounds: number): string =>
  `<exclusiveGateway id="again" name="够了吗" default="back"/><serviceTask id="ask" name="再问一次" duty:handler="count"/>` +
  flow('back', 'again', 'ask') +
  flow('on', 'ask', 'again') +
  flow('out', 'again', 'done', `count >= ${rounds}`) +
  '<endEvent id="done"/>';

const asked = (rounds: number): string =>
  of(
    `<process id="asked" name="询问"><startEvent id="s"/>${flow('a', 's', 'ask')}${counting(rounds)}</process>`,
  );

/** Each repetition goes round once. */
const manyTimes = of(
  `<process id="many"><startEvent id="s"/><subProcess id="each"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>= 101</loopCardinality></multiInstanceLoopCharacteristics>
  <startEvent id="b"/><serviceTask id="ask" duty:handler="count"/><exclusiveGateway id="again" default="out"/><endEvent id="e"/>
  ${flow('a', 'b', 'ask')}${flow('c', 'ask', 'again')}${flow('d', 'again', 'ask', 'odd(count)')}${flow('out', 'again', 'e')}</subProcess>
  <endEvent id="done"/>${flow('f', 's', 'each')}${flow('g', 'each', 'done')}</process>`,
);

/** Each answers the other. */
const answering = of(
  `<process id="ping" name="发问"><startEvent id="s"/><intermediateThrowEvent id="t">${message('there')}</intermediateThrowEvent>
  <intermediateCatchEvent id="c">${message('back')}</intermediateCatchEvent>${flow('a', 's', 't')}${flow('b', 't', 'c')}${flow('d', 'c', 't')}</process>
  <process id="pong" name="作答"><startEvent id="s2">${message('there')}</startEvent>
  ${event('intermediateThrowEvent', 't2', message('back'))}${flow('a2', 's2', 't2')}</process>`,
  '<message id="there" name="there"/><message id="back" name="back"/>',
);

/** It is over as soon as it begins, and the drawing leads back to it. */
const overAtOnce = of(
  `<process id="late" name="催办"><startEvent id="s"/><userTask id="work"/><task id="note"/>
  <boundaryEvent id="limit" attachedToRef="work"><timerEventDefinition><timeDuration>PT0S</timeDuration></timerEventDefinition></boundaryEvent>
  ${flow('a', 's', 'work')}${flow('b', 'limit', 'note')}${flow('c', 'note', 'work')}</process>`,
);

const begin = new Date('2026-03-04T12:00:00+08:00');

for (const runtime of ['token', 'bpmn-engine'] as const) {
  describe(`走不出的环 (${runtime})`, () => {
    it('绕过处理程序的环：一步之内截住，说出是哪几个环节', async () => {
      const refusal = refusalOf(await starting(asked(1_000_000), 'asked', runtime));
      expect(refusal?.code).to.equal('flow.endless');
      expect(refusal?.message).to.match(/“再问一次”→“够了吗”→“再问一次”.*100 圈/);
      expect(refusal?.where).to.be.oneOf(['ask', 'again']);
    });

    it('绕几十圈就出来的不算', async () => {
      expect((await starting(asked(60), 'asked', runtime))().file.endedAt).to.deep.equal(begin);
    });

    // The library takes seconds for so many.
    if (runtime === 'token')
      it('多实例每一份各绕各的：一共多少圈不算', async () => {
        expect((await starting(manyTimes, 'many', runtime))().file.endedAt).to.deep.equal(begin);
      });

    it('两个流程互相通知：拒绝这一步，说出是哪两个流程', async () => {
      const refusal = refusalOf(await starting(answering, 'ping', runtime));
      expect(refusal?.code).to.equal('flow.endless');
      expect(refusal?.message).to.match(/“(发问”→“作答|作答”→“发问)”.*互相触发/);
    });

    it('同一时刻一再届满的期限：成为异常，不拖住别的', async () => {
      const one = (await starting(overAtOnce, 'late', runtime))();
      one.take({ kind: 'fall-due', caseId: '1', until: new Date(begin.getTime() + 1000) });
      const [incident] = one.file.incidents.values();
      expect(incident).to.include({ kind: 'timer', of: 'limit', code: 'flow.endless', where: 'limit' });
      expect(one.file.tasks.size).to.equal(1);
    });
  });
}

async function starting(xml: string, process: string, runtime: RuntimeName): Promise<() => CaseInMemory> {
  const definitions = await definitionSet([xml]);
  return () => {
    const one = caseInMemory(
      {
        definitions,
        runtime: runtimeNamed(runtime),
        handlers: handlersOf({
          count: ({ variables: { count } }) => ({ variables: { count: Number(count ?? 0) + 1 } }),
        }),
        laws: onlyLaw(shippedLaw('2026-03-02')),
        policies: { at: () => ({ version: 1, value: () => undefined }) },
        dueDates: { due: (_spec, from) => ({ at: from, derivation: {}, provisional: false }) },
      },
      { businessKey: '2026-0001' },
    );
    one.take({ kind: 'start', businessKey: '2026-0001', process, realm: 'replay', at: begin });
    return one;
  };
}
