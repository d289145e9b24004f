import { duty, eventDefinitions, type EventDefinition, type FlowNode } from './bpmn-types.js';
import { cycleOfCron, isCron } from './cron.js';
import type { Report } from './finding.js';
import { limitReference, type LimitReference } from './limit-reference.js';
import { checkText } from './lint-content.js';
import { label, type Elements } from './walk.js';

const period = String.raw`P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?`;
const instant = String.raw`\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?`;
const forms = {
  timeDuration: { pattern: new RegExp(`^${period}$`), example: 'P5D' },
  timeDate: { pattern: new RegExp(`^${instant}$`), example: '2026-11-24T00:00:00+08:00' },
  timeCycle: { pattern: new RegExp(`^R\\d*/(${instant}/)?${period}$`), example: 'R3/PT1H' },
} as const;

/** Checks the durations of timers, their units and origins. */
export function timerFindings({ nodes }: Elements, report: Report): void {
  const timers = new Map<string, EventDefinition>();
  for (const node of nodes) {
    const timer = timerOf(node);
    if (timer && node.id !== undefined) timers.set(node.id, timer);
  }
  for (const node of nodes) {
    const timer = timerOf(node);
    if (!timer) continue;
    checkLength(node, timer, report);
    checkWords(node, timer, report);
    checkRelation(node, timer, timers, report);
    if (isStart(node)) checkStart(node, timer, report);
  }
}

const isStart = (node: FlowNode): boolean =>
  node.$type === 'bpmn:StartEvent' && node.$parent?.$type === 'bpmn:Process';

/**
 * A start event's timer has no variables and no other timers, since there is no case yet; every
 * firing starts a case of its own.
 */
function checkStart(node: FlowNode, timer: EventDefinition, report: Report): void {
  const texts = (Object.keys(forms) as (keyof typeof forms)[]).map((form) => timer[form]?.body?.trim() ?? '');
  if (texts.some((text) => text.startsWith('='))) {
    report('timer-start', node, `定时开始事件 ${label(node)} 的时间是表达式：还没有工单，没有变量可算。`);
  }
  if (duty(timer, 'before') !== undefined || duty(timer, 'after') !== undefined) {
    report('timer-start', node, `定时开始事件 ${label(node)} 依着别的计时事件：流程还没有开始，没有可依的。`);
  }
  if (texts.some((text) => /^R.*\/PT([0-5]?\d(\.\d+)?S|0M)$/.test(text))) {
    const every = `定时开始事件 ${label(node)} 不到一分钟就开一件工单。`;
    report('timer-start', node, every, '周期至少一分钟：写成 PT1M 或者更长。');
  }
}

function checkLength(node: FlowNode, timer: EventDefinition, report: Report): void {
  const written = (Object.keys(forms) as (keyof typeof forms)[]).filter((form) => timer[form] !== undefined);
  const [form] = written;
  if (written.length > 1) {
    report('timer-ambiguous', node, `计时事件 ${label(node)} 只能写一种时间（${written.join('、')}）。`);
  } else if (form === undefined) {
    report('timer-missing', node, `计时事件 ${label(node)} 没有写时间。`);
  } else {
    const text = timer[form]?.body?.trim() ?? '';
    const reference = form === 'timeDuration' ? limitReference(text) : undefined;
    if (reference) checkStricter(node, reference, report);
    else if (text.startsWith('=')) checkText(node, text, report);
    else {
      const objection = timeObjection(form, text);
      if (objection !== null)
        report('timer-invalid', node, `计时事件 ${label(node)} 的${objection}`, otherwise(text));
    }
  }
}

function checkStricter(node: FlowNode, { stricter }: LimitReference, report: Report): void {
  const objection = stricter === undefined ? null : timeObjection('timeDuration', stricter);
  if (objection !== null) report('timer-invalid', node, `计时事件 ${label(node)} 从严的${objection}`);
}

function otherwise(text: string): string | undefined {
  if (isCron(text)) {
    const same = cycleOfCron(text);
    return same === undefined
      ? '不用 cron：写成 ISO 8601 的周期，例如 R/2026-01-01T08:00:00+08:00/P1D（每天八点）；一个周期写不下的，写几个定时事件。'
      : `不用 cron：写成 ${same}。`;
  }
  // Matches an interval between two instants, or one with an end.
  return /^R\d*\/.+\/.*\d{4}-/.test(text)
    ? '周期不写结束的时刻：写明次数（例如 R3/P1D），或者另用一个定时事件到时中断。'
    : undefined;
}

/** The fault of a time that is not FEEL; null if valid. */
export function timeObjection(form: keyof typeof forms, text: string): string | null {
  const { pattern, example } = forms[form];
  return pattern.test(text)
    ? null
    : `时间“${text}”既不是 ISO 8601（如 ${example}），也不是以 = 开头的 FEEL。`;
}

const words = { unit: ['working-days', 'natural'], edge: ['start', 'end'] } as const;

function checkWords(node: FlowNode, timer: EventDefinition, report: Report): void {
  for (const name of ['unit', 'edge'] as const) {
    const value = duty(timer, name);
    const allowed: readonly string[] = words[name];
    if (value !== undefined && !allowed.includes(value)) {
      report(
        'timer-words',
        node,
        `计时事件 ${label(node)} 的 duty:${name}="${value}" 应为 ${allowed.join(' 或 ')}。`,
      );
    }
  }
}

function checkRelation(
  node: FlowNode,
  timer: EventDefinition,
  timers: ReadonlyMap<string, EventDefinition>,
  report: Report,
): void {
  const targets = [duty(timer, 'before'), duty(timer, 'after')].filter((target) => target !== undefined);
  if (targets.length > 1) {
    report('timer-relation', node, `计时事件 ${label(node)} 不能同时从一个期限之前、另一个期限之后起算。`);
    return;
  }
  const passed = new Set([node.id]);
  let [target] = targets;
  while (target !== undefined) {
    const next: EventDefinition | undefined = timers.get(target);
    if (!next) {
      report('timer-relation', node, `计时事件 ${label(node)} 所依的 ${target} 不是本流程的计时事件。`);
      return;
    }
    if (passed.has(target)) {
      report('timer-relation', node, `计时事件 ${label(node)} 绕了一圈依回自己。`);
      return;
    }
    passed.add(target);
    target = duty(next, 'before') ?? duty(next, 'after');
  }
}

function timerOf(node: FlowNode): EventDefinition | undefined {
  return eventDefinitions(node).find((definition) => definition.$type === 'bpmn:TimerEventDefinition');
}
