/** Reads entries from their exact bytes, and follows the chain of each stream. */
import { Buffer } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { Finding } from './finding.mjs';
import { leafHashOf } from './merkle.mjs';

/**
 * @param {Buffer} bytes one body a line
 * @returns {{ body: Record<string, unknown>, bytes: Buffer, leaf: Uint8Array, name: string }[]} in the order of the file
 */
export function readEntries(bytes) {
  if (bytes.length > 0 && bytes.at(-1) !== 10) throw new Finding('damaged', 'entries.jsonl 的最后一行不完整');
  const entries = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(10, start);
    const line = bytes.subarray(start, end);
    entries.push(readEntry(line, entries.length + 1));
    start = end + 1;
  }
  return entries;
}

function readEntry(line, number) {
  const body = parsed(line);
  const isOne =
    body !== undefined &&
    body.v === 1 &&
    typeof body.stream === 'string' &&
    Number.isSafeInteger(body.seq) &&
    typeof body.prev === 'string';
  const name = isOne ? `${body.stream} 第 ${body.seq} 条` : `第 ${number} 行`;
  return { body: isOne ? body : {}, bytes: line, leaf: leafHashOf(line), name };
}

function parsed(line) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(line);
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What is wrong within the chains: numbers without holes, each entry on the one before it.
 *
 * @param {ReturnType<typeof readEntries>} entries in the order of the tree
 * @returns {Map<number, Finding>} by the entry's place in the list
 */
export function chainFindings(entries) {
  const findings = new Map();
  const numbers = new Map();
  for (const { body } of entries) {
    if (!numbers.has(body.stream)) numbers.set(body.stream, new Set());
    numbers.get(body.stream).add(body.seq);
  }
  const heads = new Map();
  entries.forEach(({ body, leaf, name }, place) => {
    if (body.stream === undefined) {
      findings.set(place, new Finding('edited', `${name}不是轨迹的条目`));
      return;
    }
    const head = heads.get(body.stream) ?? { seq: 0, leaf: Buffer.alloc(32) };
    if (body.seq <= head.seq) {
      findings.set(place, new Finding('reordered', `${name}排在第 ${head.seq} 条之后`));
      return;
    }
    if (body.seq !== head.seq + 1) {
      const missing = head.seq + 1;
      const elsewhere = numbers.get(body.stream).has(missing);
      findings.set(
        place,
        elsewhere
          ? new Finding('reordered', `${name}排在第 ${missing} 条之前`)
          : new Finding('deleted', `${body.stream} 的第 ${missing} 条不见了,其后直接是第 ${body.seq} 条`),
      );
    } else if (body.prev !== Buffer.from(head.leaf).toString('hex')) {
      findings.set(place, new Finding('edited', `${name}所接的前一条已不是原来的那一条`));
    }
    heads.set(body.stream, { seq: body.seq, leaf });
  });
  return findings;
}
