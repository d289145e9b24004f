/** A stuck firing becomes an incident, which blocks neither the other deadlines nor the acts of its case. */
import { expect } from 'chai';
import {
  caseInMemory,
  definitionSet,
  owningIn,
  tokenRuntime,
  type CaseInMemory,
  type Intervention,
} from '../../../src/engine/index.js';
import { onlyLaw } from '../../../src/kernel/law.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { handlersOf } from '../../support/system.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import { refusalOf } from '../../support/refusal.js';

const head = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1">`;

/** Two limits on one task: behind the first no exit is open until `mended` is true. */
const stall = `${head}<process id="stall">
  <startEvent id="begin"/><userTask id="work"/><endEvent id="done"/><userTask id="rescue"/><userTask id="remind"/>
  <boundaryEvent id="late" attachedToRef="work"><timerEventDefinition><timeDuration>PT2S</timeDuration></timerEventDefinition></boundaryEvent>
  <boundaryEvent id="card" attachedToRef="work" cancelActivity="false"><timerEventDefinition><timeDuration>PT4S</timeDuration></timerEventDefinition></boundaryEvent>
  <exclusiveGateway id="which"/>
  <sequenceFlow id="a" sourceRef="begin" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="done"/>
  <sequenceFlow id="c" sourceRef="late" targetRef="which"/>
  <sequenceFlow id="d" sourceRef="which" targetRef="rescue"><conditionExpression>= mended = true</conditionExpression></sequenceFlow>
  <sequenceFlow id="e" sourceRef="rescue" targetRef="done"/>
  <sequenceFlow id="f" sourceRef="card" targetRef="remind"/><sequenceFlow id="g" sourceRef="remind" targetRef="done"/>
</process></definitions>`;

/** `rate` sends to `lookout`, which waits for a grade that only `rate` sets; and to `deaf`, which gets stuck. */
const neighbours = `${head}<message id="m" name="watch"/><message id="n" name="graded"/>
<process id="rate"><startEvent id="s"/><intermediateThrowEvent id="call"><messageEventDefinition messageRef="m"/></intermediateThrowEvent>
  <userTask id="mark"/><intermediateThrowEvent id="tell"><messageEventDefinition messageRef="n"/></intermediateThrowEvent><userTask id="rest"/>
  <sequenceFlow id="a" sourceRef="s" targetRef="call"/><sequenceFlow id="b" sourceRef="call" targetRef="mark"/>
  <sequenceFlow id="b1" sourceRef="mark" targetRef="tell"/><sequenceFlow id="b2" sourceRef="tell" targetRef="rest"/></process>
<process id="lookout"><startEvent id="s2"><messageEventDefinition messageRef="m"/></startEvent>
  <intermediateCatchEvent id="until"><conditionalEventDefinition><condition>= grade = 1</condition></conditionalEventDefinition></intermediateCatchEvent>
  <userTask id="seen"/><intermediateCatchEvent id="hears"><messageEventDefinition messageRef="n"/></intermediateCatchEvent>
  <parallelGateway id="fork"/><exclusiveGateway id="which"/><userTask id="heard"/>
  <sequenceFlow id="c0" sourceRef="s2" targetRef="fork"/><sequenceFlow id="c" sourceRef="fork" targetRef="until"/>
  <sequenceFlow id="c1" sourceRef="until" targetRef="seen"/><sequenceFlow id="c2" sourceRef="fork" targetRef="hears"/>
  <sequenceFlow id="c3" sourceRef="hears" targetRef="which"/>
  <sequenceFlow id="c4" sourceRef="which" targetRef="heard"><conditionExpression>= open = true</conditionExpression></sequenceFlow>
</process></definitions>`;

/** Behind the limit the exits depend on a variable of the sub-process. */
const scoped = `${head}<process id="scoped"><startEvent id="s"/><subProcess id="inner">
  <extensionElements><duty:scope><duty:local name="way"/></duty:scope></extensionElements>
  <startEvent id="b"/><userTask id="work"/><userTask id="rescue"/><exclusiveGateway id="which"/>
  <boundaryEvent id="late" attachedToRef="work"><timerEventDefinition><timeDuration>PT2S</timeDuration></timerEventDefinition></boundaryEvent>
  <sequenceFlow id="a" sourceRef="b" targetRef="work"/><sequenceFlow id="c" sourceRef="late" targetRef="which"/>
  <sequenceFlow id="d" sourceRef="which" targetRef="rescue"><conditionExpression>= way = "boat"</conditionExpression></sequenceFlow>
  </subProcess><sequenceFlow id="e" sourceRef="s" targetRef="inner"/></process></definitions>`;

const begin = new Date('2026-03-04T12:00:00+08:00');
const after = (seconds: number): Date => new Date(begin.getTime() + seconds * 1000);

describe('Incidents of a case in memory', () => {
  it('a due timer without a way out holds up neither a later deadline nor a person', async () => {
    const one = await caseOf(stall, 'stall');
    one.take({ kind: 'fall-due', caseId: '1', until: after(10) });
    expect(tasksOf(one)).to.deep.equal(['remind', 'work']);
    const [incident] = one.file.incidents.values();
    expect(incident).to.include({ kind: 'timer', of: 'late', code: 'flow.no-way-out', tries: 1 });
    expect(incident?.at).to.deep.equal(after(2));
    expect(incident?.nextTry).to.deep.equal(after(15));
    expect(typesOf(one)).to.deep.equal(['instance.started', 'incident.opened', 'timer.fired']);
    complete(one, 'remind', after(20));
    expect(tasksOf(one)).to.deep.equal(['work']);
  });

  it('it is tried again with growing pauses, and fires at its own instant once the way is open', async () => {
    const one = await caseOf(stall, 'stall');
    one.take({ kind: 'fall-due', caseId: '1', until: after(10) });
    for (const [at, tries] of [
      [14, 1],
      [15, 2],
      [24, 2],
      [25, 3],
    ] as const) {
      one.take({ kind: 'fall-due', caseId: '1', until: after(at) });
      expect([...one.file.incidents.values()].map((held) => held.tries)).to.deep.equal([tries]);
    }
    amend(one, { mended: true }, after(26));
    one.take({ kind: 'fall-due', caseId: '1', until: after(26) });
    expect(tasksOf(one)).to.include('rescue');
    expect(one.file.incidents.size).to.equal(0);
    expect(
      one.entries.find(({ type, body }) => type === 'timer.fired' && body.of === 'late')?.at,
    ).to.deep.equal(after(2));
    expect(one.entries.at(-1)?.body).to.include({ how: 'went-on', tries: 3 });
  });

  it('a person has it tried again at once; what was for nothing is withdrawn when its task is done', async () => {
    const one = await caseOf(stall, 'stall');
    one.take({ kind: 'fall-due', caseId: '1', until: after(10) });
    const [key = ''] = one.file.incidents.keys();
    const retry = (at: Date): void =>
      one.take({ kind: 'retry', caseId: '1', incident: key, at, actor: '林晓红' });
    retry(after(11));
    expect(one.file.incidents.get(key)?.tries).to.equal(2);
    expect(one.entries.at(-1)).to.deep.include({ type: 'incident.retried', at: after(11) });
    complete(one, 'work', after(12));
    expect(one.entries.at(-1)?.body).to.include({ how: 'withdrawn' });
    expect(refusalOf(() => retry(after(13)))?.code).to.equal('incident.not-open');
  });

  it('two people correct a variable: its entry names both and the old value, and what was held goes on', async () => {
    const one = await caseOf(stall, 'stall');
    one.take({ kind: 'fall-due', caseId: '1', until: after(10) });
    intervene(one, { kind: 'set', name: 'mended', value: true, instance: null, token: null }, after(11));
    expect(one.entries.at(-1)).to.deep.include({ type: 'variable.corrected', at: after(11) });
    expect(one.entries.at(-1)?.body).to.deep.include({
      ...{ actor: '周建国', proposedBy: '林晓红', proposal: 3, variable: 'mended', from: 'null' },
      data: { mended: true },
    });
    one.take({ kind: 'fall-due', caseId: '1', until: after(11) });
    expect(tasksOf(one)).to.include('rescue');
    expect(one.file.incidents.size).to.equal(0);
  });

  it('nothing is changed while something is due that has not fired yet', async () => {
    const one = await caseOf(stall, 'stall');
    one.take({ kind: 'fall-due', caseId: '1', until: after(3) });
    const set = { kind: 'set', name: 'mended', value: true, instance: null, token: null } as const;
    expect(refusalOf(() => intervene(one, set, after(10)))?.code).to.equal('intervention.outdated');
  });

  it('two people move a token and withdraw one; what waited for it is over', async () => {
    const moved = await caseOf(stall, 'stall');
    moved.take({ kind: 'fall-due', caseId: '1', until: after(10) });
    const [working] = [...moved.file.tasks.values()].filter(({ element }) => element === 'work');
    const { token = '' } = working ?? {};
    const move = { kind: 'move', instance: 1, token, to: 'rescue' } as const;
    intervene(moved, move, after(11));
    expect(tasksOf(moved)).to.deep.equal(['remind', 'rescue']);
    expect([...moved.file.deadlines.keys(), ...moved.file.incidents.keys()]).to.deep.equal([]);
    const [step, closed] = moved.entries.slice(-2);
    expect(step?.body).to.deep.include({
      ...{ actor: '周建国', of: 'work', to: 'rescue', cancelled: ['work'], entered: ['rescue'] },
      withdrawn: ['late'],
    });
    expect(closed?.body).to.include({ how: 'withdrawn' });
    for (const { token: other } of [...moved.file.tasks.values()])
      intervene(moved, { kind: 'withdraw', instance: 1, token: other }, after(12));
    expect(moved.entries.at(-1)).to.deep.include({ type: 'token.withdrawn' });
    expect(moved.entries.at(-1)?.body).to.include({ ended: 'cancelled' });
    expect(moved.file.endedAt).to.deep.equal(after(12));
  });

  it('two people correct a variable that a running activity has for itself', async () => {
    const one = await caseOf(scoped, 'scoped');
    one.take({ kind: 'fall-due', caseId: '1', until: after(10) });
    expect(one.file.incidents.size).to.equal(1);
    const owning = owningIn(one.file, await definitionSet([scoped]));
    const [{ token = '' } = {}] = owning;
    const set = { kind: 'set', name: 'way', value: 'boat', instance: 1, token } as const;
    expect(owning.map(({ element, variables }) => [element, variables])).to.deep.equal([
      ['inner', { way: null }],
    ]);
    intervene(one, set, after(11));
    expect(one.entries.at(-1)?.body).to.deep.include({
      ...{ actor: '周建国', of: 'inner', variable: 'way', from: 'null', data: { way: 'boat' } },
    });
    one.take({ kind: 'fall-due', caseId: '1', until: after(11) });
    expect(tasksOf(one)).to.deep.equal(['rescue']);
    expect(one.file.variables).not.to.have.property('way');
  });

  it('a receiver that cannot go on does not refuse the sender; the message reaches it later', async () => {
    const one = await caseOf(neighbours, 'rate');
    complete(one, 'mark', after(1), { grade: 0 });
    expect(tasksOf(one)).to.deep.equal(['rest']);
    const [incident] = one.file.incidents.values();
    expect(incident).to.include({ kind: 'message', of: 'graded', instance: 2, where: 'which' });
    amend(one, { open: true }, after(2));
    one.take({ kind: 'fall-due', caseId: '1', until: after(2) });
    expect(tasksOf(one)).to.deep.equal(['heard', 'rest']);
    expect(one.file.incidents.size).to.equal(0);
  });

  it('a condition hears what another process of the case, or a correction, has changed', async () => {
    const [byProcess, byAmendment] = [await caseOf(neighbours, 'rate'), await caseOf(neighbours, 'rate')];
    complete(byProcess, 'mark', after(1), { grade: 1, open: true });
    expect(tasksOf(byProcess)).to.deep.equal(['heard', 'rest', 'seen']);
    amend(byAmendment, { grade: 1 }, after(1));
    expect(tasksOf(byAmendment)).to.deep.equal(['mark', 'seen']);
    expect(typesOf(byAmendment).slice(-2)).to.deep.equal(['sheet.classified', 'condition.met']);
  });
});

async function caseOf(xml: string, process: string): Promise<CaseInMemory> {
  const definitions = await definitionSet([xml]);
  const one = caseInMemory(
    {
      definitions,
      runtime: tokenRuntime,
      handlers: handlersOf({}),
      laws: onlyLaw(shippedLaw('2026-03-02')),
      policies: { at: () => ({ version: 1, value: () => undefined }) },
      dueDates: {
        due: ({ text }, from) => ({
          at: new Date(from.getTime() + Number(/\d+/.exec(text)?.[0] ?? 0) * 1000),
          derivation: {},
          provisional: false,
        }),
      },
    },
    { businessKey: '2026-0001' },
  );
  one.take({ kind: 'start', businessKey: '2026-0001', process, realm: 'replay', at: begin });
  return one;
}

function complete(one: CaseInMemory, task: string, at: Date, variables: JsonObject = {}): void {
  const instance = [...one.file.tasks.values()].find(({ element }) => element === task)?.instance ?? 0;
  one.take({ kind: 'stimulate', caseId: '1', instance, stimulus: { kind: 'complete', task }, at, variables });
}

function amend(one: CaseInMemory, variables: JsonObject, at: Date): void {
  one.take({ kind: 'amend', caseId: '1', type: 'sheet.classified', at, variables, body: {} });
}

function intervene(one: CaseInMemory, act: Intervention, at: Date): void {
  const body = { proposedBy: '林晓红', proposal: 3 };
  one.take({ kind: 'intervene', caseId: '1', at, actor: '周建国', basedOn: '', act, body });
}

const tasksOf = ({ file }: CaseInMemory): string[] =>
  [...file.tasks.values()].map(({ element }) => element).sort();
const typesOf = ({ entries }: CaseInMemory): string[] => entries.map(({ type }) => type);
