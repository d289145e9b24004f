/** Carries out a change that two people decided for a stuck case: a variable, or the place of a token. */
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Definition, State, Stimulus } from '../runtime/interface.js';
import { owningTokens, restingTokens, type Owning, type Resting } from '../runtime/token/relocate.js';
import type { CaseDraft, CaseFile } from './case-file.js';
import type { Intervene, Intervention } from './command.js';
import type { Definitions } from './definitions.js';
import type { Firings } from './firing.js';
import { variablesOf, withWritten } from './own-variables.js';
import type { StepDeps } from './step-instance.js';
import { actorFields, entryTypeOf } from './stimulus-fields.js';

/** A token of the case, with the instance that it belongs to. */
export type RestingToken = Resting & { readonly instance: number };
/** An activity of the case with variables of its own. */
export type OwningToken = Owning & { readonly instance: number };

/** Tokens that people may move or withdraw. */
export const tokensOf = (file: CaseFile, definitions: Definitions): readonly RestingToken[] =>
  inEach(file, definitions, restingTokens);

/** Running activities whose variables people may correct. */
export const owningIn = (file: CaseFile, definitions: Definitions): readonly OwningToken[] =>
  inEach(file, definitions, owningTokens);

const inEach = <Found extends object>(
  file: CaseFile,
  definitions: Definitions,
  look: (state: State, definition: Definition) => readonly Found[],
): readonly (Found & { readonly instance: number })[] =>
  [...file.instances.values()].flatMap(({ number, definitionId, called, state }) =>
    look(state, definitions.pinned(definitions.byId(definitionId), called)).map((one) => ({
      ...one,
      instance: number,
    })),
  );

/**
 * @throws {Refusal} `intervention.outdated` if a timer was due that has not fired yet;
 * `intervention.hindered`; the runtime's refusal of the token's next step
 */
export function intervene(
  draft: CaseDraft,
  command: Intervene,
  { run, settle }: Pick<Firings, 'run' | 'settle'>,
  deps: StepDeps,
): void {
  if (draft.entries.length > 0) throw outdated(draft.businessKey);
  const { act, at, actor, body, sealed } = command;
  if (act.kind === 'set' && act.token === null) {
    const { name, value, instance } = act;
    const standing = instance === null ? undefined : draft.instances.get(instance);
    const own = standing ? deps.definitions.byId(standing.definitionId).annotations.own : [];
    const before = variablesOf(draft.variables, own, instance ?? 0)[name];
    draft.variables = withWritten(draft.variables, { [name]: value }, own, instance ?? 0);
    const said: JsonObject = {
      ...actorFields({ actor, variables: { [name]: value } }),
      ...body,
      variable: name,
      ...(instance === null ? {} : { instance }),
      from: JSON.stringify(before ?? null),
      recordedAt: deps.recordedAt.toISOString(),
    };
    const entry = { stream: draft.businessKey, type: 'variable.corrected', at, body: said };
    draft.entries.push({ ...entry, ...(sealed ? { sealed } : {}) });
    settle(at);
    return;
  }
  const { token } = act;
  const instance = act.instance ?? 0;
  const where = { instance, token: token ?? '' };
  const stimulus = stimulusOf(act, where.token);
  const about = { actor, ...body, ...saidOf(draft, act, where, deps.definitions) };
  run({ instance, stimulus, at, type: entryTypeOf(stimulus), about, ...(sealed ? { sealed } : {}) });
}

function stimulusOf(act: Intervention, token: string): Stimulus {
  switch (act.kind) {
    case 'move':
      return { kind: 'move', token, to: act.to };
    case 'withdraw':
      return { kind: 'withdraw', token };
    case 'set':
      return { kind: 'assign', token, name: act.name, value: act.value };
  }
}

/** Fields of the entry for an act on a token. */
function saidOf(
  draft: CaseDraft,
  act: Intervention,
  { instance, token }: { readonly instance: number; readonly token: string },
  definitions: Definitions,
): JsonObject {
  const isIt = (one: { readonly instance: number; readonly token: string }): boolean =>
    one.instance === instance && one.token === token;
  if (act.kind === 'set') {
    const owning = owningIn(draft, definitions).find(isIt);
    const before = owning?.variables[act.name] ?? null;
    return {
      ...actorFields({ variables: { [act.name]: act.value } }),
      ...{ of: owning?.element ?? token, variable: act.name, from: JSON.stringify(before) },
    };
  }
  const of = tokensOf(draft, definitions).find(isIt)?.element ?? token;
  return { of, ...(act.kind === 'move' ? { to: act.to } : {}) };
}

export const outdated = (no: string): Refusal =>
  new Refusal('intervention.outdated', `工单 ${no} 在看过以后又有变化`, {
    remedy: '刷新以后看现在的情况，需要的另行提出',
  });
