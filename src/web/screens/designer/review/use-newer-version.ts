/** Another version came after the draft was begun: its changes, and their merge with the drawing. */
import { computed, type ComputedRef } from 'vue';
import type { Choices, LawWords, Merged } from '../../../../design/compliance/index.js';
import { call, type Output } from '../../../api/client.js';
import { useLoad } from '../../../components/load.js';
import { instant } from '../../../time/show.js';
import type { Checker } from '../findings/checker.js';

type Draft = Output<'readDraft'>;

export interface NewerVersion {
  readonly version: number;
  readonly problem: { readonly title: string; readonly detail: string; readonly changes: readonly string[] };
  readonly together: (choices: Choices) => Promise<Merged>;
}

/**
 * @param mayEdit whether the user may save the draft on that version
 * @param mine the present drawing
 */
export function useNewerVersion(
  { key, baseVersion }: Pick<Draft, 'key' | 'baseVersion'>,
  mayEdit: boolean,
  checker: Checker,
  words: () => LawWords,
  mine: () => Promise<string | undefined>,
): ComputedRef<NewerVersion | undefined> {
  const read = async () => {
    if (baseVersion === null || !mayEdit) return undefined;
    const { versions } = await call('readDefinition', { params: { key } });
    const [newest] = versions
      .filter(({ state }) => state !== 'withdrawn')
      .toSorted((one, other) => other.version - one.version);
    if (!newest || newest.version === baseVersion) return undefined;
    const [base, theirs] = await Promise.all([
      call('readDiagram', { params: { key, version: baseVersion } }),
      call('readDiagram', { params: { key, version: newest.version } }),
    ]);
    return { newest, base, theirs, changes: await checker.difference(base, theirs, words()) };
  };
  const loaded = useLoad(read, { on: words });
  return computed(() => {
    if (!loaded.data.value || baseVersion === null) return undefined;
    const { newest, base, theirs, changes } = loaded.data.value;
    const { version, inForceFrom } = newest;
    return {
      version,
      problem: {
        title: `已有第 ${version} 版`,
        detail: `这份草案自第 ${baseVersion} 版改起，其后有了第 ${version} 版（自 ${instant(inForceFrom)} 起现行），照此提交、生效会把那一版的改动盖掉。合在一起、存下，就自第 ${version} 版改起`,
        changes: changes.map(({ sentence }) => sentence),
      },
      together: async (choices) =>
        checker.merge({ base, theirs, mine: (await mine()) ?? base }, choices, words()),
    };
  });
}
