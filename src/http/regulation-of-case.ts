/** Duties of a case under the version of the regulation that applies to it. */
import { civilDateOf } from '../kernel/civil-date.js';
import { standInsFor } from '../cases/index.js';
import type { StandIns } from '../identity/index.js';
import type { Transaction } from '../platform/database/index.js';
import { dutiesInTime, textOfVersion, type Duty, type DutyEntry } from '../law/regulation/index.js';
import type { HttpDeps } from './deps.js';
import { caseDutiesView, type CaseDutiesView } from './views/regulation-view.js';

export interface Judged {
  readonly trail: readonly DutyEntry[];
  readonly startedAt: Date;
  /** As-known instant for the regulation; default: the start of the case. */
  readonly knownAt?: Date;
  /** Instant of the duties' states. */
  readonly at: Date;
}

export async function dutiesIn(
  { catalogues, laws, standIns }: Pick<HttpDeps, 'catalogues' | 'laws'> & { readonly standIns: StandIns },
  transaction: Transaction,
  { trail, startedAt, knownAt = startedAt, at }: Judged,
): Promise<CaseDutiesView> {
  const { catalogue, recorded } = await catalogues.on(transaction, civilDateOf(startedAt), knownAt);
  const { later } = await (await catalogues.lawsOf(transaction))(startedAt, trail);
  const sentences = (await textOfVersion(transaction, catalogue.version))?.sentences;
  const bearersFor = (duty: Duty) => (bearer: string) => standIns.bearerFor(bearer, standInsFor(trail, duty));
  return caseDutiesView({
    recorded,
    sentences,
    duties: dutiesInTime({ first: catalogue, later }, trail),
    bearersFor,
    at,
    law: laws.today(),
  });
}
