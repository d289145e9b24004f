/** The machine's OpenSSL as a second opinion on SM2 and SM3. Not every machine has one that knows them. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const knowsSm = (): boolean =>
  /SM2/.test(spawnSync('openssl', ['list', '-public-key-algorithms'], { encoding: 'utf8' }).stdout);

export const opensslSm3 = (message: Buffer): string =>
  run(['dgst', '-sm3', '-binary'], message).toString('hex');

const usual = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];

/** @param secret 32 bytes @param key x and y @returns r and s */
export const opensslSign = (message: Buffer, secret: Buffer, key: Buffer): Buffer =>
  withFiles({ key: privatePem(secret, key), message }, (path) =>
    rawOf(run(['pkeyutl', '-sign', '-inkey', path('key'), '-in', path('message'), ...usual])),
  );

export const opensslVerifies = (message: Buffer, key: Buffer, signature: Buffer): boolean =>
  withFiles({ key: publicPem(key), message, signature: derOf(signature) }, (path) => {
    const signed = ['-sigfile', path('signature'), '-pubin', '-inkey', path('key'), '-in', path('message')];
    return spawnSync('openssl', ['pkeyutl', '-verify', ...signed, ...usual]).status === 0;
  });

function withFiles<T>(
  files: Readonly<Record<string, string | Buffer>>,
  use: (path: (name: string) => string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), `hotline-sm-${randomUUID()}`));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return use((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(parameters: readonly string[], input?: Buffer): Buffer {
  const { status, stdout, stderr } = spawnSync('openssl', parameters, { input });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}

/** SEC 1 and X.509, with the object identifiers of an elliptic key and of the curve of SM2. */
const algorithm = '301306072a8648ce3d020106082a811ccf5501822d';
const publicPem = (key: Buffer): string =>
  pem('PUBLIC KEY', `3059${algorithm}03420004${key.toString('hex')}`);
const privatePem = (secret: Buffer, key: Buffer): string =>
  pem(
    'PRIVATE KEY',
    `308187020100${algorithm}046d306b0201010420${secret.toString('hex')}a14403420004${key.toString('hex')}`,
  );
const pem = (label: string, der: string): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der, 'hex').toString('base64')}\n-----END ${label}-----\n`;

function rawOf(der: Buffer): Buffer {
  const r = der.subarray(4, 4 + der.readUInt8(3));
  const s = der.subarray(4 + r.length + 2);
  return Buffer.concat([r, s].map((one) => Buffer.concat([Buffer.alloc(32), one]).subarray(-32)));
}

function derOf(raw: Buffer): Buffer {
  const integers = [raw.subarray(0, 32), raw.subarray(32)].map((one) => {
    const digits = one.subarray(one.findIndex((byte) => byte !== 0));
    const value = digits.readUInt8(0) > 127 ? Buffer.concat([Buffer.alloc(1), digits]) : digits;
    return Buffer.concat([Buffer.from([2, value.length]), value]);
  });
  const body = Buffer.concat(integers);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
