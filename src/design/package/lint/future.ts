/**
 * Finds later versions of the package that a diagram does not fit: it checks each of them as on its
 * first day, and leaves out what is wrong today, too.
 */
import { shippedCatalogues } from '../../../law/regulation/index.js';
import type { PackageFinding } from '../finding.js';

/**
 * @param day `YYYY-MM-DD` in Asia/Shanghai
 * @param today everything wrong under that day's law
 */
export async function future(
  day: string,
  today: readonly PackageFinding[],
  faultsOn: (day: string) => Promise<readonly PackageFinding[]>,
): Promise<PackageFinding[]> {
  const later = shippedCatalogues().filter(({ version }) => version.inForceFrom > day);
  const now = new Set(today.map(({ what }) => what));
  const found = later.map(async ({ version: { version, inForceFrom } }) =>
    (await faultsOn(inForceFrom))
      .filter(({ severity, what }) => severity === 'error' && !now.has(what))
      .map(({ where, what, fix }) => ({
        ...{ rule: 'future', severity: 'warning' as const, where },
        what: `自 ${inForceFrom} 起施行的 ${version} 版：${what}`,
        fix: `施行以前改好：${fix}`,
      })),
  );
  return (await Promise.all(found)).flat();
}
