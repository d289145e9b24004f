/** Corrects the outcome of a closed case after a premature limit was withdrawn. */
import type { CaseFile, Command, Recompute } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { Policies } from '../../kernel/timer-spec.js';
import type { Using } from '../parts.js';

/**
 * A closed case has no process to receive the withdrawal, so the handlers that wrote facts and outcome run again.
 *
 * @returns undefined if handling is still running and writes its outcome itself
 */
export function correctedOutcome(
  file: CaseFile,
  { at, actor, document, tell }: Required<Pick<Recompute, 'at' | 'actor' | 'document' | 'tell'>>,
  deps: Using<'handlers' | 'laws'> & { readonly policies: Policies },
): Command | undefined {
  const from = file.variables.outcome;
  if (typeof from !== 'string') return undefined;
  const asked = {
    caseId: file.id,
    businessKey: file.businessKey,
    locals: {},
    now: at,
    laws: deps.laws.binding(file, at),
    history: () => [],
    due: (_length: unknown, from: Date) => from,
    instance: 0,
  };
  const policies = deps.policies.at(file.startedAt);
  let written: JsonObject = {};
  for (const element of ['withdrawOverdue', 'recordOutcome']) {
    const variables = { ...file.variables, ...tell.variables, ...written };
    const result = deps.handlers.get(element)?.({ ...asked, element, variables, policies });
    if (result && 'variables' in result) written = { ...written, ...result.variables };
  }
  const body = { document, from, to: written.outcome ?? from, computed: written };
  return { kind: 'amend', caseId: file.id, at, actor, type: 'outcome.corrected', variables: written, body };
}
