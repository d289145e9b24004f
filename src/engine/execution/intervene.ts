/** What two people change in a case that cannot go on as it is drawn: a variable, or where a token rests. */
import { Refusal, type JsonObject } from '../../kernel/index.js';
import { restingTokens, type Resting } from '../runtime/token/relocate.js';
import type { Stimulus } from '../runtime/interface.js';
import type { CaseDraft, CaseFile } from './case-file.js';
import type { Intervene } from './command.js';
import type { Definitions } from './definitions.js';
import type { Firings } from './firing.js';
import { variablesOf, withWritten } from './own-variables.js';
import type { StepDeps } from './step-instance.js';
import { actorFields, entryTypeOf } from './stimulus-fields.js';

/** A token of the case, with the instance that it belongs to. */
export type RestingToken = Resting & { readonly instance: number };

/** Tokens that people may move or withdraw. Those of `bpmn-engine` cannot be. */
export const tokensOf = (file: CaseFile, definitions: Definitions): readonly RestingToken[] =>
  [...file.instances.values()].flatMap(({ number, runtime, definitionId, called, state }) =>
    runtime === 'token'
      ? restingTokens(state, definitions.pinned(definitions.byId(definitionId), called)).map((one) => ({
          ...one,
          instance: number,
        }))
      : [],
  );

/**
 * @throws {Refusal} `intervention.outdated` if something was due that has not fired yet; `intervention.hindered`; what
 * the runtime says of the step that the token then takes
 */
export function intervene(
  draft: CaseDraft,
  command: Intervene,
  { run, settle }: Pick<Firings, 'run' | 'settle'>,
  deps: StepDeps,
): void {
  if (draft.entries.length > 0) throw outdated(draft.businessKey);
  const { act, at, actor, body, sealed } = command;
  if (act.kind === 'set') {
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
  const { instance, token } = act;
  const of = tokensOf(draft, deps.definitions).find(
    (one) => one.instance === instance && one.token === token,
  )?.element;
  const stimulus: Stimulus =
    act.kind === 'move' ? { kind: 'move', token, to: act.to } : { kind: 'withdraw', token };
  const about = { actor, ...body, of: of ?? token, ...(act.kind === 'move' ? { to: act.to } : {}) };
  run({ instance, stimulus, at, type: entryTypeOf(stimulus), about, ...(sealed ? { sealed } : {}) });
}

export const outdated = (no: string): Refusal =>
  new Refusal('intervention.outdated', `工单 ${no} 在看过以后又有变化`, {
    remedy: '刷新以后看现在的情况,需要的另行提出',
  });
