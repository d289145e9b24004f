/** A version of the regulation after an approved amendment: each purpose cites another place. */
import { createHash } from 'node:crypto';
import type { Transition } from '../../src/kernel/law.js';
import { shippedLaw, type recordShippedRegulation } from '../../src/law/regulation/index.js';
import { applyEdits } from '../../src/law/regulation/amendment/edits.js';
import { shippedContents } from '../../src/law/regulation/shipped.js';
import { versionProjector } from '../../src/law/regulation/projectors.js';
import { write } from '../../src/accountability/index.js';

interface Amended {
  readonly title: string;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly from: string;
  /** The place that every purpose cites from then on. */
  readonly place: string;
  /** Whether cases that run on that day come under it. */
  readonly transition?: Transition;
}

/** @returns the name of its file */
export async function recordAmendedLaw(
  { database, trail, clock }: Parameters<typeof recordShippedRegulation>[0],
  { title, from, place, transition }: Amended,
): Promise<string> {
  const article = {
    edit: 'article',
    heading: '新增',
    paragraphs: ['新增的内容。'],
    norms: [],
    withoutNorm: '说明',
  } as const;
  // Each after the one before: 第二十四条之一, 之二.
  const inserted = Number(/-(\d+)$/.exec(place)?.[1] ?? 0);
  const edits = Array.from({ length: inserted }, (_, before) => {
    const [base = ''] = place.split('-');
    return {
      ...article,
      paragraphs: [...article.paragraphs],
      norms: [],
      after: before === 0 ? base : `${base}-${before}`,
    };
  });
  const { content } = applyEdits(
    shippedContents()[0],
    edits,
    {
      ...{ inForceFrom: from, version: from, source: '测试' },
    },
    shippedLaw(from),
  );
  Object.assign(content.version, { title });
  for (const purpose of Object.keys(content.purposes.purposes))
    Object.assign(content.purposes.purposes, { [purpose]: [place] });
  const bytes = Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const regulation = content.version.key;
  const file = `amended-${from}.json`;
  const row = { regulation, version: from, file, sha256, validFrom: from, validTo: null };
  await database.transaction(async (transaction) => {
    const body = transition === undefined ? row : { ...row, amendment: 1, transition };
    const entry = { stream: 'regulation', type: 'regulation.recorded', at: clock.now(), body } as const;
    await write(transaction, versionProjector, entry, { content: bytes });
    await trail.append(transaction, [entry]);
  });
  return file;
}
