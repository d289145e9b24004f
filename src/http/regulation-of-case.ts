/** By which version of the regulation a case is judged, and how its duties stand by it. */
import { civilDateOf } from '../calendar/index.js';
import type { Transaction } from '../persistence/index.js';
import {
  dutiesOf,
  recordedCatalogue,
  recordedVersions,
  shippedCatalogue,
  textOfVersion,
  versionOn,
  type Catalogue,
  type DutyEntry,
  type RecordedVersion,
} from '../regulation/index.js';
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

export interface RegulationOfCase {
  versionAt(versions: readonly RecordedVersion[], instant: Date, knownAt?: Date): RecordedVersion | undefined;
  /** What it says; what came with the program where nothing has been recorded. */
  catalogueOf(transaction: Transaction, recorded: RecordedVersion | undefined): Promise<Catalogue>;
  dutiesIn(transaction: Transaction, judged: Judged): Promise<CaseDutiesView>;
}

export function regulationOfCase(): RegulationOfCase {
  const shipped = shippedCatalogue();
  /** What is recorded never changes. */
  const catalogues = new Map<number, Catalogue>();
  const versionAt: RegulationOfCase['versionAt'] = (versions, instant, knownAt = instant) =>
    versionOn(versions, civilDateOf(instant), knownAt);
  const catalogueOf: RegulationOfCase['catalogueOf'] = async (transaction, recorded) => {
    if (!recorded) return shipped;
    const catalogue = catalogues.get(recorded.id) ?? (await recordedCatalogue(transaction, recorded.id));
    catalogues.set(recorded.id, catalogue);
    return catalogue;
  };
  return {
    versionAt,
    catalogueOf,
    dutiesIn: async (transaction, { trail, startedAt, knownAt, at }) => {
      const recorded = versionAt(await recordedVersions(transaction), startedAt, knownAt);
      const catalogue = await catalogueOf(transaction, recorded);
      const sentences = (await textOfVersion(transaction, catalogue.version))?.sentences;
      return caseDutiesView({ catalogue, recorded, sentences, duties: dutiesOf(trail), at });
    },
  };
}
