/** What an act of the contract did, in a few words: the beginning of its summary. */
import type { Operation } from './operation.js';

/** Operations that leave nothing behind, or that a person does not mean as an act. */
const noDeed =
  /^(check|compare|find|lookAhead|markN|noticeLogout|preview|proposeMerge|read|receive|recordScenario|rehearse|reauth|reveal|saveDraft|search|signI|signO|suggestIntake|try)/;

export const deedsOf = (operations: {
  readonly [id: string]: Operation;
}): { readonly [id: string]: string } =>
  Object.fromEntries(
    Object.entries(operations)
      .filter(([id, { method }]) => method !== 'get' && !noDeed.test(id))
      .map(([id, { summary }]) => [
        id,
        summary.split(/[;:,(\u{ff08}\u{ff0c}\u{ff1a}\u{ff1b}]/u)[0] ?? summary,
      ]),
  );
