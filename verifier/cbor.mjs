/** The part of CBOR (RFC 8949, deterministic) that receipts use, read strictly. */
import { Buffer } from 'node:buffer';
import { Finding } from './finding.mjs';

/** A tagged item. */
export class Tag {
  /** @param {number} number @param {unknown} value */
  constructor(number, value) {
    this.number = number;
    this.value = value;
  }
}

/** Integers, Buffers, strings, arrays, Maps, `Tag`, null. @param {Buffer} bytes @throws {Finding} `damaged` */
export function readCbor(bytes) {
  const [value, end] = item(bytes, 0, 0);
  if (end !== bytes.length) throw broken();
  return value;
}

function item(bytes, at, depth) {
  if (depth > 8) throw broken();
  const first = byteAt(bytes, at);
  if (first === 0xf6) return [null, at + 1];
  const [count, start] = counted(bytes, at);
  const kind = first >> 5;
  if (kind === 0) return [count, start];
  if (kind === 1) return [-1 - count, start];
  if (kind === 2 || kind === 3) {
    const end = start + count;
    if (end > bytes.length) throw short();
    const content = bytes.subarray(start, end);
    if (kind === 2) return [content, end];
    const text = content.toString('utf8');
    if (!Buffer.from(text, 'utf8').equals(content)) throw broken();
    return [text, end];
  }
  if (kind === 6) {
    const [value, end] = item(bytes, start, depth + 1);
    return [new Tag(count, value), end];
  }
  if (kind > 6) throw broken();
  const values = [];
  let next = start;
  for (let read = 0; read < count * (kind === 5 ? 2 : 1); read += 1) {
    const [value, end] = item(bytes, next, depth + 1);
    values.push(value);
    next = end;
  }
  return [kind === 4 ? values : mapOf(values), next];
}

/** Keys ascend, so that none occurs twice and each map has one encoding. */
function mapOf(values) {
  const map = new Map();
  let last;
  for (let at = 0; at < values.length; at += 2) {
    const key = values[at];
    if (!Number.isInteger(key)) throw broken();
    const rank = key < 0 ? 2 ** 53 - key : key;
    if (last !== undefined && rank <= last) throw broken();
    last = rank;
    map.set(key, values[at + 1]);
  }
  return map;
}

function counted(bytes, at) {
  const info = byteAt(bytes, at) & 31;
  if (info < 24) return [info, at + 1];
  const length = { 24: 1, 25: 2, 26: 4, 27: 8 }[info];
  if (length === undefined) throw broken();
  if (at + 1 + length > bytes.length) throw short();
  const count = Number(BigInt(`0x${bytes.subarray(at + 1, at + 1 + length).toString('hex')}`));
  const least = { 1: 24, 2: 0x100, 4: 0x1_0000, 8: 0x1_0000_0000 }[length];
  if (count < least || !Number.isSafeInteger(count)) throw broken();
  return [count, at + 1 + length];
}

function byteAt(bytes, at) {
  if (at >= bytes.length) throw short();
  return bytes[at];
}

const short = () => new Finding('damaged', '回执不全：后面少了');
const broken = () => new Finding('damaged', '回执的格式不对');
