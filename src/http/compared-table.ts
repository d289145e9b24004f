/**
 * All cases that differ under two laws, as a table. It is read in parts, so that a year of cases
 * needs little memory.
 */
import { viewComparison } from '../cases/index.js';
import {
  countDifferences,
  differencesOf,
  type ComparisonReport,
  type DifferencesAsked,
} from '../law/regulation/index.js';
import type { HttpDeps } from './deps.js';
import { comparedCase, comparedColumns, comparedLines, saysIn } from './views/comparison-view.js';
import { csvHead, csvLines } from './views/csv.js';

const atOnce = 200;

/** Undefined until the comparison is complete. @throws {Refusal} `amendment.not-found` */
export async function madeReport(deps: HttpDeps, id: number): Promise<ComparisonReport | undefined> {
  const status = await viewComparison(deps, id);
  return status.state === 'made' ? (status.comparison.report ?? undefined) : undefined;
}

/** @throws {Error} during reading, if the comparison is repeated meanwhile: the download fails */
export async function* comparedTable(
  { database, laws }: HttpDeps,
  asked: DifferencesAsked,
  report: ComparisonReport | undefined,
): AsyncGenerator<Buffer> {
  yield Buffer.from(csvHead(comparedColumns));
  if (!report) return;
  const law = laws.today();
  const says = saysIn(report);
  const total = await database.transaction((transaction) => countDifferences(transaction, asked));
  for (let [read, after] = [0, -1]; read < total;) {
    const place = after;
    const some = await database.transaction((transaction) =>
      differencesOf(transaction, asked, { limit: atOnce, after: place }),
    );
    if (some.length === 0) throw new Error('the comparison was made anew while it was read');
    read += some.length;
    after = some.at(-1)?.place ?? after;
    const lines = some.flatMap((one) => comparedLines(comparedCase(one, says, law)));
    yield Buffer.from(csvLines(comparedColumns, lines));
  }
}
