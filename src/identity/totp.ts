/** The second factor: a code of six digits that changes every 30 seconds (RFC 6238). */
import { Secret, TOTP } from 'otpauth';

const period = 30;

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** The `otpauth:` address shown as a QR code. */
export const totpAddress = (secret: string, login: string): string => totpOf(secret, login).toString();

/** The step that the code belongs to: the one at `at` or a neighbour; undefined if none. */
export function totpStep(secret: string, code: string, at: Date): number | undefined {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: at.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(at.getTime() / 1000 / period) + delta;
}

/** Computes a code, for tests and for use without a device. */
export const totpCode = (secret: string, at: Date): string =>
  totpOf(secret, '').generate({ timestamp: at.getTime() });

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({ issuer: '12345热线', label, secret: Secret.fromBase32(secret), period });
