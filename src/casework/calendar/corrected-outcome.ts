/** What a case that has been closed is found to have ended as, once what was given too early is taken back. */
import type { CaseFile, Command, Handlers, Policies, Recompute } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';

/**
 * No process is left that could hear of the withdrawal: the handlers that wrote the facts and the outcome are asked
 * again.
 *
 * @returns undefined where handling goes on, and will write its outcome itself
 */
export function correctedOutcome(
  file: CaseFile,
  { at, actor, document, tell }: Required<Pick<Recompute, 'at' | 'actor' | 'document' | 'tell'>>,
  deps: { readonly handlers: Handlers; readonly policies: Policies },
): Command | undefined {
  const from = file.variables.outcome;
  if (typeof from !== 'string') return undefined;
  const asked = { caseId: file.id, businessKey: file.businessKey, locals: {}, now: at, history: () => [] };
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
