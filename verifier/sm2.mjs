/**
 * Verifies SM2 signatures (GB/T 32918.2-2016, GM/T 0003.2-2012) with SM3, on the recommended curve (GB/T 32918.5) with
 * the user identity of GM/T 0009. Implemented from the standard: Node's crypto does not accept an identity.
 */
import { Buffer } from 'node:buffer';
import { sm3 } from './sm3.mjs';

const hex = (text) => BigInt(`0x${text}`);
const p = hex('FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF');
const a = hex('FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC');
const b = hex('28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93');
const n = hex('FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123');
/** A point (x, y) in Jacobian coordinates: (x / z², y / z³); z = 0 is the point at infinity. */
const generator = {
  x: hex('32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7'),
  y: hex('BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0'),
  z: 1n,
};

const mod = (number, by) => ((number % by) + by) % by;

/**
 * Never throws.
 *
 * @param {Uint8Array} message @param {Uint8Array} key x and y, 32 bytes each @param {Uint8Array} signature r and s, 32
 * bytes each @param {Uint8Array} identity of the signer
 * @returns {boolean}
 */
export function verifySm2(message, key, signature, identity = usualIdentity) {
  if (!(key instanceof Uint8Array) || key.length !== 64) return false;
  if (!(signature instanceof Uint8Array) || signature.length !== 64) return false;
  const owner = { x: number(key.subarray(0, 32)), y: number(key.subarray(32)), z: 1n };
  if (!isOnCurve(owner)) return false;
  const [r, s] = [number(signature.subarray(0, 32)), number(signature.subarray(32))];
  if (r < 1n || r >= n || s < 1n || s >= n) return false;
  const t = (r + s) % n;
  if (t === 0n) return false;
  const sum = add(times(s, generator), times(t, owner));
  if (sum.z === 0n) return false;
  const e = number(sm3(identityHash(identity, key), message));
  return mod(e + mod(sum.x * inverse(sum.z * sum.z), p), n) === r;
}

const usualIdentity = Buffer.from('1234567812345678', 'latin1');

/** Z of the standard: signer, curve and key. */
function identityHash(identity, key) {
  const bits = Buffer.alloc(2);
  bits.writeUInt16BE(identity.length * 8);
  return sm3(bits, identity, ...[a, b, generator.x, generator.y].map(bytes), key);
}

const number = (big) => hex(Buffer.from(big).toString('hex'));
const bytes = (big) => Buffer.from(big.toString(16).padStart(64, '0'), 'hex');

const isOnCurve = ({ x, y }) => x < p && y < p && mod(y * y - (x * x * x + a * x + b), p) === 0n;

function double({ x, y, z }) {
  if (z === 0n || y === 0n) return { x: 1n, y: 1n, z: 0n };
  const yy = mod(y * y, p);
  const s = mod(4n * x * yy, p);
  const m = mod(3n * x * x + a * mod(z * z, p) ** 2n, p);
  const x3 = mod(m * m - 2n * s, p);
  return { x: x3, y: mod(m * (s - x3) - 8n * yy * yy, p), z: mod(2n * y * z, p) };
}

function add(one, other) {
  if (one.z === 0n) return other;
  if (other.z === 0n) return one;
  const [z1, z2] = [mod(one.z * one.z, p), mod(other.z * other.z, p)];
  const [u1, u2] = [mod(one.x * z2, p), mod(other.x * z1, p)];
  const [s1, s2] = [mod(one.y * z2 * other.z, p), mod(other.y * z1 * one.z, p)];
  if (u1 === u2) return s1 === s2 ? double(one) : { x: 1n, y: 1n, z: 0n };
  const [h, r] = [mod(u2 - u1, p), mod(s2 - s1, p)];
  const [hh, hhh] = [mod(h * h, p), mod(h * h * h, p)];
  const v = mod(u1 * hh, p);
  const x = mod(r * r - hhh - 2n * v, p);
  return { x, y: mod(r * (v - x) - s1 * hhh, p), z: mod(h * one.z * other.z, p) };
}

function times(factor, point) {
  let [sum, power] = [{ x: 1n, y: 1n, z: 0n }, point];
  for (let left = factor; left > 0n; left >>= 1n) {
    if (left & 1n) sum = add(sum, power);
    power = double(power);
  }
  return sum;
}

/** By Fermat: number ** (p - 2). */
function inverse(number) {
  let [result, power] = [1n, mod(number, p)];
  for (let left = p - 2n; left > 0n; left >>= 1n) {
    if (left & 1n) result = mod(result * power, p);
    power = mod(power * power, p);
  }
  return result;
}
