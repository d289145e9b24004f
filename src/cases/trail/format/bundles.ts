/**
 * Bundles hold whole chains, since only whole chains can be proved complete. Every chain with a
 * selected entry is included from its first entry on, with the streams of its diagrams, the
 * policies and the calendar. Exports too large for one file are split; each part can be verified
 * alone.
 */
import { signPresentTree, streamsOf, writeBundle, type Selection } from '../../../accountability/index.js';
import { diagramSource } from '../../../engine/index.js';
import { Refusal } from '../../../kernel/index.js';
import { regulationFiles } from '../../../law/regulation/index.js';
import { aboutLines, type About } from '../about.js';
import { longestChain, partsOf } from '../bundle-parts.js';
import type { TrailExportDeps } from '../order-export.js';
import type { OnEntries } from '../read-rows.js';
import { recordShippedPolicies } from '../shipped-policies.js';
import { wholeFile } from '../whole-file.js';

export async function writeBundles(
  deps: TrailExportDeps,
  about: About,
  selection: Selection,
  below: number,
  file: string,
  onEntries: OnEntries,
): Promise<readonly string[]> {
  const chains = await deps.database.transaction((transaction) => streamsOf(transaction, selection, below));
  const parts = partsOf(chains, longestChain(deps.signer));
  const regulation = new Map([
    ['policies.json', await recordShippedPolicies(deps)],
    ...(await deps.database.transaction(regulationFiles)),
  ]);
  const signed = await signPresentTree(deps);
  const files: string[] = [];
  for (const [at, streams] of parts.entries()) {
    const name = parts.length === 1 ? file : partName(file, at + 1);
    const label =
      parts.length === 1 ? about.title : `${about.title}（第 ${at + 1} 份，共 ${parts.length} 份）`;
    await wholeFile(name, '审计包', async (handle) => {
      const order = { title: label, about: saidOf(about), streams, signed, regulation, diagramOf, onEntries };
      await writeBundle(deps, order, handle);
    });
    files.push(name);
  }
  return files;

  function diagramOf({ key, version }: { readonly key: string; readonly version: number }) {
    return deps.database
      .transaction((transaction) => diagramSource(transaction, key, version))
      .catch((error: unknown) => {
        // The verifier reports the missing definition.
        if (error instanceof Refusal && error.code === 'definition.not-found') return undefined;
        throw error;
      });
  }
}

/** Who requested it, who made it, for what purpose, and when. The count is left out, because each part has its own. */
const saidOf = (about: About): readonly string[] =>
  aboutLines(about)
    .filter(([name]) => ['导出时刻', '要求导出的人', '由谁导出', '用途'].includes(name))
    .map(([name, value]) => `${name}：${value}`);

const partName = (file: string, number: number): string =>
  file.replace(/(\.[^./\\]*)?$/, (ending) => `-${number}${ending}`);
