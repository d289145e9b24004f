/** Parses entries from their exact bytes and checks the chain of each stream. */
import { Buffer } from 'node:buffer';
import { Finding } from './finding.mjs';
import { leafHashOf } from './merkle.mjs';

/** @typedef {{ body: Record<string, unknown>, bytes: Buffer, leaf: Uint8Array, name: string }} Entry */

/** @param {Buffer} bytes one body per line @returns {Entry[]} in file order */
export function readEntries(bytes) {
  const lines = [...linesIn([bytes])];
  return lines.map((line, index) => readEntry(line, index + 1));
}

/** Lines without their ends. @param {Iterable<Buffer>} pieces */
export function* linesIn(pieces) {
  let rest = [];
  for (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
      const last = piece.subarray(start, end);
      yield rest.length === 0 ? last : Buffer.concat([...rest, last]);
      rest = [];
      start = end + 1;
    }
    if (start < piece.length) rest.push(piece.subarray(start));
  }
  if (rest.length > 0) throw new Finding('damaged', 'entries.jsonl 的最后一行不完整');
}

/** @param {Buffer} line the exact bytes of a body @param {number} number of the line, from 1 @returns {Entry} */
export function readEntry(line, number) {
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
 * Faults within the chains: gaps in numbering, links to the preceding entry.
 *
 * @param {Entry[]} entries in the order of the tree
 * @returns {Map<number, Finding>} by index in the list
 */
export function chainFindings(entries) {
  const chains = chainWatch();
  for (const entry of entries) chains.add(entry);
  return chains.findings;
}

/** The same as a stream. @param {number} most findings kept */
export function chainWatch(most = Infinity) {
  /** @type {Map<number, Finding>} */
  const findings = new Map();
  /** @type {Map<string, { seq: number, leaf: Uint8Array }>} */
  const heads = new Map();
  /** Positions of missing numbers that may still follow. @type {Map<string, number>} */
  const gaps = new Map();
  let place = -1;

  const found = (at, attack, message) => {
    if (findings.size < most) findings.set(at, new Finding(attack, message));
  };

  const add = ({ body: { stream, seq, prev }, leaf, name }) => {
    place += 1;
    if (stream === undefined) return found(place, 'edited', `${name}不是轨迹的条目`);
    const head = heads.get(stream) ?? { seq: 0, leaf: Buffer.alloc(32) };
    if (seq <= head.seq) {
      const gap = gaps.get(`${stream} ${seq}`);
      // The entry that seemed deleted comes later.
      if (gap !== undefined && findings.has(gap))
        findings.set(gap, new Finding('reordered', `${stream} 的第 ${seq} 条排到了后面`));
      return found(place, 'reordered', `${name}排在第 ${head.seq} 条之后`);
    }
    const next = head.seq + 1;
    if (seq !== next) {
      gaps.set(`${stream} ${next}`, place);
      found(place, 'deleted', `${stream} 的第 ${next} 条不见了，其后直接是第 ${seq} 条`);
    } else if (prev !== Buffer.from(head.leaf).toString('hex')) {
      found(place, 'edited', `${name}所接的前一条已不是原来的那一条`);
    }
    heads.set(stream, { seq, leaf });
  };

  return { add, findings, heads };
}
