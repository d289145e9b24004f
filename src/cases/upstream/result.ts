/** The result of an upstream hotline's sheet. It contains only what the caller may be told. */
import { deedsIn } from '../../accountability/events/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { isJsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { CaseView } from '../read-case.js';
import { answersToCaller, outcomeToldOf } from '../told-to-caller.js';
import type { Using } from '../parts.js';

export interface Result {
  readonly outcome: string;
  readonly endedAt: string;
  readonly answers: readonly { readonly at: string; readonly title: string; readonly text: string }[];
  /** The caller's answer in the last follow-up call that reached them. */
  readonly satisfaction: string | null;
}

/** Undefined until the case has ended. */
export async function resultOf(
  { catalogues, laws }: Using<'catalogues' | 'laws'>,
  transaction: Transaction,
  view: CaseView,
): Promise<Result | undefined> {
  const { endedAt } = view.file;
  const outcome = outcomeToldOf(view);
  if (!endedAt || outcome === null) return undefined;
  const { catalogue } = await catalogues.at(transaction, view.sheet.receivedAt);
  const law = laws.ofCase(view.file);
  return {
    outcome,
    endedAt: toShanghaiIso(endedAt),
    answers: view.trail.flatMap((entry) =>
      answersToCaller({ catalogue, law }, entry).map(({ at, title, text, withheld }) => ({
        at: toShanghaiIso(at),
        title,
        text: text ?? withheld ?? '',
      })),
    ),
    satisfaction: satisfactionIn(view),
  };
}

function satisfactionIn({ trail }: CaseView): string | null {
  const said = trail
    .flatMap((entry) => deedsIn(entry))
    .flatMap(({ facts }) => (isJsonObject(facts) ? (facts['satisfaction'] ?? []) : []))
    .filter((value): value is string => typeof value === 'string' && value !== unreachable);
  return said.at(-1) ?? null;
}

/** Nobody was reached, so there is no opinion. */
const unreachable = 'unreachable';

/** The result as the trail stores it. */
export const resultText = ({ answers }: Result): string =>
  answers.map(({ title, text }) => `${title}：${text}`).join('\n');
