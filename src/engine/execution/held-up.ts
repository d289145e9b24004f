/** Due firings of a case that must not be acted on, because its row differs from what the trail recorded. */
import type { Refusal } from '../../kernel/index.js';
import { draftOf, type CaseDraft, type CaseFile } from './case-file.js';
import type { Definitions, DeployedDefinition } from './definitions.js';
import { hold, timerKey } from './hold.js';

interface Due {
  readonly instance: number;
  readonly timer: string;
  readonly element: string;
  readonly dueAt: Date;
}

/** Each due firing becomes an incident; nothing fires, and nothing else of the case changes. */
export function heldUp(
  file: CaseFile,
  due: readonly Due[],
  refusal: Refusal,
  { definitions, recordedAt }: { readonly definitions: Definitions; readonly recordedAt: Date },
): CaseDraft {
  const draft = draftOf(file);
  for (const { instance, timer, element, dueAt } of due) {
    const key = timerKey({ instance, timer });
    const known = draft.incidents.get(key);
    if (known && known.nextTry > recordedAt) continue;
    const deployed = runningOn(file, instance, element, definitions, recordedAt);
    if (!deployed) continue;
    const { key: process, version } = deployed;
    const firing = { kind: 'timer', key, instance, process, version, of: element, timer } as const;
    hold(draft, { ...firing, sender: null, at: dueAt }, refusal, recordedAt);
  }
  return draft;
}

/** The version that the instance runs on. If the altered row names none, the version in force that has the event. */
function runningOn(
  file: CaseFile,
  instance: number,
  element: string,
  definitions: Definitions,
  at: Date,
): DeployedDefinition | undefined {
  const id = file.instances.get(instance)?.definitionId;
  try {
    if (id !== undefined) return definitions.byId(id);
  } catch {
    // The row names a version that does not exist.
  }
  return definitions.withElement(element, at);
}
