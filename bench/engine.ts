/**
 * One step of the handling process behind our interface: CPU time and bytes of saved state, `token` against
 * `bpmn-engine`. Both save and restore their state as JSON between any two steps, as the executor does; rounds
 * alternate, so that a noisy minute hits both.
 */
import {
  definitionOf,
  parseDiagram,
  libraryRuntime,
  tokenRuntime,
  type Definition,
  type State,
  type Stimulus,
  type Variables,
} from '#src/engine/index.js';
import { createHandlers } from '#src/handlers/index.js';
import { packageRoot } from '#src/kernel/package-root.js';
import { shippedLaw } from '#src/law/regulation/index.js';
import { packageText } from '../src/kernel/package-content.js';
import { median, rounded, table } from './table.js';

const from = '2026-03-02';
const law = shippedLaw(from);

/** The simplest course of a case through `processes/handling.bpmn`. */
const life: readonly (readonly [string, Variables])[] = [
  ['Task_Receive', { receipt: 'accept' }],
  ['Task_Handle', { branch: 'within-limit', handlingResult: '已恢复供水' }],
  ['Task_ReplyCaller', { replySummary: '已恢复供水', replyChannel: 'phone' }],
  ['Task_Feedback', { feedbackSummary: '已恢复供水' }],
  ['Task_AuditFeedback', { auditResult: 'pass' }],
  ['SubProcess_CallBack_Task_CallBack', { factsVerified: true, resolved: true, satisfaction: 'satisfied' }],
];

const now = new Date('2026-03-02T10:00:00+08:00');
const handlers = createHandlers();
const atStart: Variables = { unit: '承办单位', wishesReply: true, confidential: false, kind: 'help' };

const runtimes = { token: tokenRuntime, 'bpmn-engine': libraryRuntime };

interface Life {
  readonly steps: number;
  readonly bytes: readonly number[];
}

function live(definition: Definition, name: keyof typeof runtimes): Life {
  const runtime = runtimes[name];
  const bytes: number[] = [];
  let state: State | null = null;
  let variables = atStart;
  let steps = 0;
  const take = (stimulus: Stimulus): void => {
    const result = runtime.step(definition, state, stimulus, variables, now);
    steps += 1;
    const saved = JSON.stringify(result.state);
    state = JSON.parse(saved) as State | null;
    for (const call of result.calls) {
      const handler = handlers.get(call.handler ?? '');
      const answer = handler?.({
        caseId: '1',
        businessKey: 'bench',
        element: call.element,
        instance: 1,
        variables,
        locals: {},
        now,
        policies: { version: 1, value: () => undefined },
        laws: [{ from, law }],
        history: () => [],
        due: (_length, from) => from,
      });
      if (answer && 'variables' in answer) variables = { ...variables, ...answer.variables };
      take({ kind: 'complete', task: call.element, token: call.token });
    }
    if (result.calls.length === 0 && result.state !== null) bytes.push(Buffer.byteLength(saved));
  };
  take({ kind: 'start' });
  for (const [task, answers] of life) {
    variables = { ...variables, ...answers };
    take({ kind: 'complete', task });
  }
  if (state !== null) throw new Error(`${name} did not reach the end of the handling process`);
  return { steps, bytes };
}

function cpuPerStep(definition: Definition, name: keyof typeof runtimes, lives: number): number {
  const before = process.cpuUsage();
  let steps = 0;
  for (let index = 0; index < lives; index += 1) steps += live(definition, name).steps;
  const { user, system } = process.cpuUsage(before);
  return (user + system) / steps;
}

export async function run(): Promise<void> {
  const source = packageText('processes/handling.bpmn', packageRoot);
  const definition = definitionOf(await parseDiagram(source), { processId: 'handling' });
  const lives = { token: 300, 'bpmn-engine': 5 } as const;
  const costs = { token: [] as number[], 'bpmn-engine': [] as number[] };
  for (const name of ['token', 'bpmn-engine'] as const) cpuPerStep(definition, name, lives[name]);
  for (let round = 0; round < 9; round += 1) {
    for (const name of ['token', 'bpmn-engine'] as const) {
      costs[name].push(cpuPerStep(definition, name, lives[name]));
    }
  }
  const cpu = { token: median(costs.token), 'bpmn-engine': median(costs['bpmn-engine']) };
  const bytes = {
    token: median(live(definition, 'token').bytes),
    'bpmn-engine': median(live(definition, 'bpmn-engine').bytes),
  };
  table(
    'One step of the handling process',
    ['runtime', 'CPU µs a step (median of 9 rounds)', 'bytes of saved state (median)'],
    [
      ['token', rounded(cpu.token, 1), rounded(bytes.token)],
      ['bpmn-engine', rounded(cpu['bpmn-engine'], 1), rounded(bytes['bpmn-engine'])],
      [
        'ratio',
        `${rounded(cpu['bpmn-engine'] / cpu.token, 1)}×`,
        `${rounded(bytes['bpmn-engine'] / bytes.token, 1)}×`,
      ],
    ],
  );
}
