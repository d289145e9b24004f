import { column, type Entity } from '../../platform/database/index.js';

/** A pending log-in at the identity provider. */
export const oidcFlowEntity: Entity<{
  readonly id: Buffer;
  readonly browser: Buffer;
  readonly sealed: Buffer;
  readonly startedAt: Date;
}> = {
  name: 'oidc_flow',
  columns: {
    id: column.key.bytes,
    ...column.each(column.bytes, 'browser', 'sealed'),
    startedAt: column.instant,
  },
};

/** The provider's notice of an ended session. */
export const oidcLogoutEntity: Entity<{ readonly id: Buffer; readonly expiresAt: Date }> = {
  name: 'oidc_logout',
  columns: { id: column.key.bytes, expiresAt: column.instant },
};
