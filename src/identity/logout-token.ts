/**
 * The provider's signed notice of an ended session: OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6. Unlike an ID
 * token it has the event and no nonce.
 */
import type { JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

export interface LogoutToken {
  /** At least one of the two is present. */
  readonly sub: string | undefined;
  readonly sid: string | undefined;
  /** Unique id. */
  readonly jti: string;
  readonly expiresAt: Date;
}

/** Asymmetric signatures only: no shared secret, no `none`. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'Ed25519',
  'EdDSA',
];

/** Tolerated clock skew in seconds, as for an ID token. */
const clockTolerance = 30;

const claimsSchema = z
  .looseObject({
    sub: z.string().min(1).optional(),
    sid: z.string().min(1).optional(),
    jti: z.string().min(1),
    exp: z.number(),
    nonce: z.undefined().optional(),
    events: z.looseObject({ 'http://schemas.openid.net/event/backchannel-logout': z.looseObject({}) }),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

/** @throws by jose or zod, for an invalid token; key errors if the keys cannot be loaded */
export async function readLogoutToken(
  token: string,
  from: {
    readonly issuer: string;
    readonly clientId: string;
    readonly keys: JWTVerifyGetKey;
    readonly now: Date;
  },
): Promise<LogoutToken> {
  const { jwtVerify } = await import('jose');
  const { payload, protectedHeader } = await jwtVerify(token, from.keys, {
    algorithms,
    issuer: from.issuer,
    audience: from.clientId,
    clockTolerance,
    currentDate: from.now,
    maxTokenAge: '10 minutes',
    requiredClaims: ['exp'],
  });
  // Older providers set no type; any other type is refused.
  z.enum(['logout+jwt', 'application/logout+jwt', 'jwt'])
    .optional()
    .parse(protectedHeader.typ?.toLowerCase());
  const { sub, sid, jti, exp } = claimsSchema.parse(payload);
  return { sub, sid, jti, expiresAt: new Date((exp + clockTolerance) * 1000) };
}
