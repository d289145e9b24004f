/**
 * Small BPMN models as text, for tests: one line an element, one line a chain of flows.
 *
 *     start begin
 *     user check
 *     xor done
 *     end finish
 *     begin > check > done > finish
 *     done > check if again = true
 *     done > finish default
 *
 * Words after the id are `key:value` (quote values with blanks) or flags. A block `sub inner {` … `}` is a
 * sub-process, `process other {` … `}` a further process of the same file. `boundary late on:check timer:P1D keep`
 * is attached and does not interrupt (`keep`). `undone ~ undo` associates a compensation boundary event with its
 * handler, which says `undoes`. Triggers: `timer:`, `cycle:`, `date:`, `message:`, `signal:`,
 * `error:`, `escalation:`, `conditional:`, `link:`, `compensate[:activity]`, `terminate`.
 */
const tags: Record<string, string> = {
  start: 'startEvent',
  end: 'endEvent',
  catch: 'intermediateCatchEvent',
  throw: 'intermediateThrowEvent',
  boundary: 'boundaryEvent',
  task: 'task',
  user: 'userTask',
  manual: 'manualTask',
  service: 'serviceTask',
  send: 'sendTask',
  receive: 'receiveTask',
  rule: 'businessRuleTask',
  xor: 'exclusiveGateway',
  and: 'parallelGateway',
  or: 'inclusiveGateway',
  events: 'eventBasedGateway',
  sub: 'subProcess',
  call: 'callActivity',
};

/** Root elements that events refer to by name or code, in order of first mention. */
type Roots = Map<string, string>;

interface Scope {
  readonly open: string;
  readonly close: string;
  readonly body: string[];
  readonly defaults: Map<string, string>;
}

/** The XML of `text`; the first process is called `main`. */
export function bpmn(text: string): string {
  const roots: Roots = new Map();
  const processes: string[] = [];
  const stack: Scope[] = [processScope('main')];
  let flows = 0;
  const top = (): Scope => stack[stack.length - 1] ?? stray('}');

  for (const line of text.split('\n').map((raw) => raw.trim())) {
    if (line === '') continue;
    if (line === '}') {
      const closed = stack.pop() ?? stray(line);
      if (closed.close === '</process>') processes.push(finish(closed));
      else top().body.push(finish(closed));
    } else if (line.startsWith('process ')) {
      stack.push(processScope(words(line)[1] ?? stray(line)));
    } else if (/^\w+ ~/.test(line)) {
      const [from, to] = line.split(' ~ ');
      const id = `association${++flows}`;
      const ends = `sourceRef="${from}" targetRef="${to}" associationDirection="One"`;
      top().body.push(`<association id="${id}" ${ends}/>`);
    } else if (/^\w+ >/.test(line)) {
      for (const flow of flowsOf(line)) {
        const id = `flow${++flows}`;
        if (flow.isDefault) top().defaults.set(flow.from, id);
        top().body.push(sequenceFlow(id, flow));
      }
    } else {
      const element = elementOf(words(line), roots);
      if (line.endsWith('{')) stack.push({ ...element, body: [...element.children], defaults: new Map() });
      else top().body.push(element.open, ...element.children.map(indent), element.close);
    }
  }
  processes.unshift(finish(top()));
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:duty="urn:hotline-12345:duty:1" id="definitions" targetNamespace="urn:hotline-12345:traces">
${indent([...roots.values(), ...processes].join('\n'))}
</definitions>
`;
}

function processScope(id: string): Scope {
  return {
    // Called processes do not start by themselves.
    open: `<process id="${id}" isExecutable="${id === 'main'}">`,
    close: '</process>',
    body: [],
    defaults: new Map(),
  };
}

/** Writes `default="…"` into the elements that have a default flow and closes the scope. */
function finish(scope: Scope): string {
  let inside = scope.body.join('\n');
  for (const [element, flow] of scope.defaults) {
    inside = inside.replace(`id="${element}"`, `id="${element}" default="${flow}"`);
  }
  return [scope.open, indent(tidy(inside)), scope.close].join('\n');
}

/** `<a …>` directly followed by `</a>` becomes `<a …/>`. */
function tidy(xml: string): string {
  return xml.replace(/<(\w+)([^<>]*)>\n<\/\1>/g, '<$1$2/>');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

function words(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
}

interface Flow {
  readonly from: string;
  readonly to: string;
  readonly condition?: string;
  readonly isDefault: boolean;
}

function flowsOf(line: string): Flow[] {
  const [, chain = '', rest = ''] = /^(\w+(?: > \w+)+)(.*)$/.exec(line) ?? [];
  const ids = chain.split(' > ');
  const condition = /^ if (.+)$/.exec(rest)?.[1];
  return ids.slice(1).map((to, index) => ({
    from: ids[index] ?? stray(line),
    to,
    isDefault: rest === ' default',
    ...(condition === undefined ? {} : { condition }),
  }));
}

function sequenceFlow(id: string, { from, to, condition }: Flow): string {
  const open = `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"`;
  if (condition === undefined) return `${open}/>`;
  return `${open}>\n${indent(expression('conditionExpression', condition))}\n</sequenceFlow>`;
}

function expression(tag: string, feel: string): string {
  return `<${tag} xsi:type="tFormalExpression">= ${escape(feel)}</${tag}>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function elementOf(all: string[], roots: Roots): { open: string; close: string; children: string[] } {
  const [kind = '', id = '', ...options] = all.filter((word) => word !== '{');
  const event = kind === 'event';
  const tag = event ? 'subProcess' : tags[kind];
  if (tag === undefined) return stray(kind);
  const attributes = [`id="${id}"`];
  const children: string[] = [];
  if (event) attributes.push('triggeredByEvent="true"');

  for (const option of options) {
    const [key = '', ...rest] = option.split(':');
    const value = rest.join(':');
    if (key === 'on') attributes.push(`attachedToRef="${value}"`);
    else if (key === 'keep')
      attributes.push(kind === 'boundary' ? 'cancelActivity="false"' : 'isInterrupting="false"');
    else if (key === 'calls') attributes.push(`calledElement="${value}"`);
    else if (key === 'undoes') attributes.push('isForCompensation="true"');
    else if (key === 'message' && kind === 'receive')
      attributes.push(`messageRef="${root(roots, 'message', value)}"`);
    else if (key === 'multi' || key === 'loop') children.push(repetition(key, options));
    else if (!loopWords.has(key)) children.push(trigger(key, value, roots));
  }
  return { open: `<${tag} ${attributes.join(' ')}>`, close: `</${tag}>`, children };
}

const loopWords = new Set(['sequential', 'times', 'over', 'item', 'until', 'while', 'before', 'max']);

function repetition(key: string, options: readonly string[]): string {
  const of = (name: string): string | undefined =>
    options.find((option) => option.startsWith(`${name}:`))?.slice(name.length + 1);
  const part = (name: string, tag: string): string[] => {
    const value = of(name);
    return value === undefined ? [] : [expression(tag, value)];
  };
  if (key === 'loop') {
    const open = [
      '<standardLoopCharacteristics',
      ...(options.includes('before') ? ['testBefore="true"'] : []),
      ...(of('max') === undefined ? [] : [`loopMaximum="${of('max')}"`]),
    ].join(' ');
    return `${open}>\n${part('while', 'loopCondition').map(indent).join('\n')}\n</standardLoopCharacteristics>`;
  }
  const open = [
    '<multiInstanceLoopCharacteristics',
    ...(options.includes('sequential') ? ['isSequential="true"'] : []),
    ...(of('over') === undefined ? [] : [`duty:collection="${of('over')}"`]),
    ...(of('item') === undefined ? [] : [`duty:item="${of('item')}"`]),
  ].join(' ');
  const inside = [...part('times', 'loopCardinality'), ...part('until', 'completionCondition')];
  return [`${open}>`, ...inside.map(indent), '</multiInstanceLoopCharacteristics>'].join('\n');
}

/** The id of the root element (message, signal, …) of that name, declared on first use. */
function root(roots: Roots, what: 'message' | 'signal' | 'error' | 'escalation', name: string): string {
  const id = `${what}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const code = what === 'error' || what === 'escalation' ? ` ${what}Code="${name}"` : '';
  roots.set(id, `<${what} id="${id}" name="${name}"${code}/>`);
  return id;
}

function trigger(key: string, value: string, roots: Roots): string {
  switch (key) {
    case 'timer':
      return timer('timeDuration', value);
    case 'cycle':
      return timer('timeCycle', value);
    case 'date':
      return timer('timeDate', value);
    case 'message':
    case 'signal':
    case 'error':
    case 'escalation':
      if (value === '') return `<${key}EventDefinition/>`;
      return `<${key}EventDefinition ${key}Ref="${root(roots, key, value)}"/>`;
    case 'conditional':
      return `<conditionalEventDefinition>\n${indent(expression('condition', value))}\n</conditionalEventDefinition>`;
    case 'link':
      return `<linkEventDefinition name="${value}"/>`;
    case 'compensate':
      return value === ''
        ? '<compensateEventDefinition/>'
        : `<compensateEventDefinition activityRef="${value}"/>`;
    case 'terminate':
      return '<terminateEventDefinition/>';
    default:
      return stray(key);
  }
}

function timer(tag: string, text: string): string {
  return `<timerEventDefinition>\n${indent(`<${tag}>${text}</${tag}>`)}\n</timerEventDefinition>`;
}

function stray(word: string): never {
  throw new Error(`the model text does not read on at: ${word}`);
}
