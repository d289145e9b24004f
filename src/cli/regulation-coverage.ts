/** `hotline regulation coverage`: article × norm × element × scenario × evidence, and gaps; exit code 1 for any gap. */
import type { Command } from 'commander';
import {
  regulationShown,
  regulationVerb,
  versionInWords,
  type AskedWithForm,
} from './regulation-diagrams.js';
import { guarded } from './run.js';

export function register(program: Command): void {
  regulationVerb(
    program,
    'coverage',
    '每条义务由哪个环节履行、哪个情景检验、留什么证据;有空白的以 1 退出',
  ).action((options: AskedWithForm) => guarded(() => show(options)));
}

async function show({ json, ...asked }: AskedWithForm): Promise<void> {
  const holding = await regulationShown('coverage', asked);
  const { catalogue, coverage, until } = holding;
  const { holes } = coverage;
  if (holes.length > 0) process.exitCode = 1;
  if (json) {
    const norms = coverage.norms.map(({ norm, elements, scenarios }) => ({
      id: norm.id,
      provisions: norm.provisions,
      says: norm.says,
      enforceable: norm.enforceable,
      reason: norm.enforceable ? null : norm.reason,
      elements,
      scenarios: scenarios.map(({ name }) => name),
      evidence: norm.evidence,
    }));
    const withoutNorm = articlesWithout(catalogue.provisions);
    const version = { ...catalogue.version, inForceTo: until };
    process.stdout.write(`${JSON.stringify({ regulation: version, norms, withoutNorm, holes })}\n`);
    return;
  }
  const { provisionLabel } = await import('../law/regulation/index.js');
  const { default: Table } = await import('cli-table3');
  const table = new Table({
    head: ['条文', '义务', '内容', '环节', '情景', '证据'],
    style: { head: [], border: [] },
  });
  for (const { norm, elements, scenarios } of coverage.norms) {
    table.push([
      norm.provisions.map(provisionLabel).join('、'),
      norm.id,
      norm.enforceable ? norm.says : `${norm.says}\n不必有环节:${norm.reason}`,
      new Set(elements.map(({ process: key, element }) => `${key} ${element}`)).size,
      scenarios.length,
      [...norm.evidence.events, ...norm.evidence.fields].join('\n'),
    ]);
  }
  const without = articlesWithout(catalogue.provisions).map(
    ({ id, reason }) => `${provisionLabel(id)}:${reason}`,
  );
  const verdict = holes.length === 0 ? '没有空白' : `有 ${String(holes.length)} 处空白:`;
  process.stdout.write(
    `${[versionInWords(holding), table.toString(), ...without, verdict, ...holes.map(({ sentence }) => sentence)].join('\n')}\n`,
  );
}

const articlesWithout = (
  provisions: readonly { readonly id: string; readonly withoutNorm: string | null }[],
): { id: string; reason: string }[] =>
  provisions.flatMap(({ id, withoutNorm }) => (withoutNorm === null ? [] : [{ id, reason: withoutNorm }]));
