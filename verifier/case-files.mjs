/** Compares the tables of contents of accountability files with the entries themselves. */
import { Finding } from './finding.mjs';

const name = 'case-files.jsonl';

/**
 * @param {Map<string, Buffer>} files of the bundle @param {{ body: Record<string, unknown>, index: number }[]} entries
 * with their places
 */
export function caseFileFindings(files, entries) {
  const expected = new Map();
  for (const [stream, own] of byStream(entries))
    if (own.some(({ body }) => body.process === 'accountability')) expected.set(stream, contentsOf(own));
  const file = files.get(name);
  if (!file)
    return { findings: [], facts: expected.size > 0 ? [`问责案卷 ${expected.size} 件，没有目录`] : [] };
  const lines = file.toString('utf8').split('\n');
  if (lines.pop() !== '') throw new Finding('damaged', `${name} 的最后一行不完整`);
  const findings = [];
  const facts = [];
  const listed = new Set();
  for (const line of lines) {
    const { case: stream, pending } = parsed(line);
    const contents = expected.get(stream);
    const isSame =
      contents !== undefined &&
      !listed.has(stream) &&
      Number.isSafeInteger(pending) &&
      pending >= 0 &&
      line === JSON.stringify({ case: stream, ...contents, pending });
    listed.add(stream);
    if (isSame) facts.push(inWords(stream, contents, pending));
    else findings.push(new Finding('case-file-changed', `案卷 ${stream} 的目录与包里的条目不符`));
  }
  for (const stream of expected.keys())
    if (!listed.has(stream)) findings.push(new Finding('case-file-changed', `目录里没有案卷 ${stream}`));
  return { findings, facts };
}

function byStream(entries) {
  const streams = new Map();
  for (const entry of entries) {
    const own = streams.get(entry.body.stream);
    if (own) own.push(entry);
    else streams.set(entry.body.stream, [entry]);
  }
  return streams;
}

/** Evidence as named by the case's entries; steps of the process. */
function contentsOf(own) {
  const noted = new Set(own.flatMap(({ body }) => body.computed?.supervisionEvidence ?? []));
  const proved = (some) =>
    some.map(({ body, index }) => ({ seq: body.seq, proof: `proofs/${index}.tlog-proof` }));
  return {
    evidence: proved(own.filter(({ body }) => noted.has(body.seq))),
    steps: proved(own.filter(({ body }) => body.process === 'accountability')),
  };
}

function parsed(line) {
  try {
    return JSON.parse(line) ?? {};
  } catch {
    throw new Finding('damaged', `${name} 不是一行一件`);
  }
}

const numbers = (some) => some.map(({ seq }) => seq).join('、');
const inWords = (stream, { evidence, steps }, pending) =>
  [
    `案卷 ${stream}：`,
    evidence.length > 0 ? `证据第 ${numbers(evidence)} 条，` : '',
    `问责的经过第 ${numbers(steps)} 条，各有证明`,
    pending > 0 ? `；另有 ${pending} 条导出时还没有进入检查点，没有证明，再导出一次补全` : '',
  ].join('');
