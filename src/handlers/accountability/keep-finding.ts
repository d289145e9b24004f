import { deedsIn, readContent } from '../../accountability/events/index.js';
import { aList, aNumber, aRecord, aText, aTruth, orNull, type Handler } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { isFor } from '../provisions.js';
import { listOf, textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = {
  does: '留下复核以前的认定（`finding`）：复核用的是同名的栏目。拒不接收的，同一裁定以后的各次拒收也列为凭据。',
  reads: 'established severity clueGround clueEntries',
  writes: {
    finding: aRecord({ established: orNull(aTruth), severity: orNull(aText) }),
    clueEntries: aList(aNumber),
  },
};

export const keepFinding = declares(produces, ({ variables, history, laws }) => ({
  variables: {
    finding: { established: variables.established ?? null, severity: variables.severity ?? null },
    ...(isFor('refusal', textOf(variables, 'clueGround'), laws)
      ? { clueEntries: withFurtherRefusals(variables, history()) }
      : {}),
  },
}));

function withFurtherRefusals(
  variables: JsonObject,
  entries: ReturnType<Parameters<Handler>[0]['history']>,
): readonly number[] {
  const known = listOf(variables, 'clueEntries').filter((one) => typeof one === 'number');
  const [first] = known;
  if (first === undefined) return known;
  const further: number[] = [];
  for (const entry of entries.filter(({ seq }) => seq > first)) {
    const names = deedsIn(readContent(entry)).map(({ name }) => name);
    // A refusal after another ruling is another matter.
    if (names.includes('return.ruled')) break;
    if (names.includes('receipt.refused')) further.push(entry.seq);
  }
  return [...new Set([...known, ...further])].sort((one, other) => one - other);
}
