/** What is due in a case that may not be acted on, because its row is not what the trail has recorded. */
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

/** Each of them is an incident; nothing fires, and nothing else of the case changes. */
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

/** The false row may not say it any more: then the version in force that has the event. */
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
    // The row names a version that there is not.
  }
  return definitions.withElement(element, at);
}
