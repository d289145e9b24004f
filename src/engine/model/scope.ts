/**
 * Variables of an activity, with its inputs and outputs (`duty:scope`). Mappings of other vendors
 * are read in the same way: Camunda's `zeebe:ioMapping`, `camunda:inputOutput`, and `in` and `out`
 * of call activities.
 */
import { isActivity, type BpmnElement, type FlowNode } from './bpmn-types.js';

interface Mapping {
  readonly name: string;
  /** FEEL; null: for an output the variable of that name, for a local variable empty. */
  readonly value: string | null;
}

export interface ScopeOfActivity {
  readonly locals: readonly Mapping[];
  readonly outputs: readonly Mapping[];
  /** True: variables set inside stay inside, except outputs. */
  readonly closed: boolean;
  /** Mappings of other vendors that have no equivalent in FEEL. */
  readonly unread: readonly string[];
}

interface Extension extends BpmnElement {
  readonly values?: readonly Extension[];
  readonly $children?: readonly Extension[];
  readonly $body?: string;
  readonly locals?: readonly BpmnElement[];
  readonly outputs?: readonly BpmnElement[];
  readonly [attribute: string]: unknown;
}

/** The variables of an activity; undefined if it has none. */
export function scopeOf(node: FlowNode): ScopeOfActivity | undefined {
  if (!isActivity(node)) return undefined;
  const own = extensionsOf(node).find(({ $type }) => $type === 'duty:Scope');
  const declared = own ? declaredIn(own) : foreignIn(node);
  const item = outputItemOf(node);
  // BPMN 2.0.2, 10.3.8: the output of a repetition is a data output of that repetition.
  if (item === undefined || declared?.locals.some(({ name }) => name === item)) return declared;
  const locals = [...(declared?.locals ?? []), { name: item, value: null }];
  return { outputs: [], closed: false, unread: [], ...declared, locals };
}

/** The variable whose value each repetition leaves in the output collection. */
export function outputItemOf({ loopCharacteristics: loop }: FlowNode): string | undefined {
  if (!loop?.loopDataOutputRef) return undefined;
  return loop.outputDataItem?.name ?? loop.outputDataItem?.id;
}

const extensionsOf = (node: FlowNode): readonly Extension[] =>
  (node.get('extensionElements') as Extension | undefined)?.values ?? [];

function declaredIn(scope: Extension): ScopeOfActivity {
  const mappings = (list: readonly BpmnElement[] = []): readonly Mapping[] =>
    list.map((one) => ({ name: textOf(one, 'name') ?? '', value: textOf(one, 'value') ?? null }));
  return {
    locals: mappings(scope.locals),
    outputs: mappings(scope.outputs),
    closed: scope.get('closed') === true,
    unread: [],
  };
}

function textOf(element: BpmnElement, attribute: string): string | undefined {
  const value = element.get(attribute);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

type Reading = { -readonly [Part in keyof ScopeOfActivity]: ScopeOfActivity[Part] };

function foreignIn(node: FlowNode): ScopeOfActivity | undefined {
  const read: Reading = { locals: [], outputs: [], closed: false, unread: [] };
  let found = false;
  for (const extension of extensionsOf(node)) {
    const [maker = '', part = ''] = extension.$type.split(':');
    const parts = extension.$children ?? [];
    if (/ioMapping$/i.test(part)) {
      found = true;
      for (const one of parts)
        add(read, /:input$/i.test(one.$type), one['target'], feelIn(one['source']), one);
    } else if (part === 'inputOutput') {
      found = true;
      for (const one of parts) {
        const value = one.$children?.length ? undefined : fromJuel(one.$body ?? '');
        add(read, /:inputParameter$/.test(one.$type), one['name'], value, one);
      }
    } else if ((part === 'in' || part === 'out') && node.$type === 'bpmn:CallActivity' && maker !== 'duty') {
      if (extension['businessKey'] !== undefined) continue;
      found = true;
      // In other engines a called process sees only what is passed in, and returns only what is
      // passed out.
      read.closed ||= part === 'in';
      if (extension['variables'] === 'all') {
        if (part === 'out') read.closed = false;
        continue;
      }
      const { source, sourceExpression, target } = extension;
      const value =
        typeof source === 'string'
          ? source
          : fromJuel(typeof sourceExpression === 'string' ? sourceExpression : '');
      add(read, part === 'in', target, value, extension);
    }
  }
  return found ? read : undefined;
}

function add(
  read: Reading,
  isInput: boolean,
  name: unknown,
  value: string | undefined,
  from: Extension,
): void {
  if (typeof name !== 'string' || value === undefined || !/^[A-Za-z_]\w*$/.test(name)) {
    const text = [from['source'], from['sourceExpression'], from.$body].find(
      (one) => typeof one === 'string',
    );
    read.unread = [...read.unread, `${String(name)} = ${String(text ?? from.$type).trim()}`];
  } else if (isInput) read.locals = [...read.locals, { name, value }];
  else read.outputs = [...read.outputs, { name, value }];
}

const feelIn = (text: unknown): string | undefined => {
  if (typeof text !== 'string') return undefined;
  return text.trim().startsWith('=') ? text : JSON.stringify(text);
};

/** `${name}`, `${a.b}` and plain texts; anything else is a language of its own. */
function fromJuel(text: string): string | undefined {
  const name = /^[$#]\{\s*([A-Za-z_][\w.]*)\s*\}$/.exec(text.trim())?.[1];
  if (name !== undefined) return name;
  return /[$#]\{/.test(text) ? undefined : JSON.stringify(text.trim());
}
