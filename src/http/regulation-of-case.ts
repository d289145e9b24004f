/** How the duties of a case stand, by the version of the regulation that binds it. */
import { civilDateOf } from '../calendar/index.js';
import type { Transaction } from '../persistence/index.js';
import { dutiesOf, textOfVersion, type Catalogues, type DutyEntry } from '../regulation/index.js';
import { caseDutiesView, type CaseDutiesView } from './views/regulation-view.js';

export interface Judged {
  readonly trail: readonly DutyEntry[];
  /** When the case began. */
  readonly startedAt: Date;
  /** What was known of the regulation then decides; without it what was known when the case began. */
  readonly knownAt?: Date;
  /** For which its duties are asked. */
  readonly at: Date;
}

export async function dutiesIn(
  catalogues: Catalogues,
  transaction: Transaction,
  { trail, startedAt, knownAt = startedAt, at }: Judged,
): Promise<CaseDutiesView> {
  const { catalogue, recorded } = await catalogues.on(transaction, civilDateOf(startedAt), knownAt);
  const sentences = (await textOfVersion(transaction, catalogue.version))?.sentences;
  return caseDutiesView({ catalogue, recorded, sentences, duties: dutiesOf(trail), at });
}
