/** Counts requests of a token across all programs on the database. */
import type { Database } from '../../platform/database/index.js';

export interface TokenRate {
  /** @returns undefined, or milliseconds until the next request is allowed */
  count(token: number): Promise<number | undefined>;
}

export function createTokenRate(
  { pool, schema }: Pick<Database, 'pool' | 'schema'>,
  limit: { readonly most: number; readonly withinSeconds: number },
): TokenRate {
  const open = async () => {
    const { RateLimiterPostgres, RateLimiterRes } = await import('rate-limiter-flexible');
    const limiter = new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      schemaName: schema,
      tableName: 'request_rate',
      tableCreated: true,
      keyPrefix: 'token',
      points: limit.most,
      duration: limit.withinSeconds,
      // Tokens over the limit are refused from memory, so that a flood does not reach the database.
      inMemoryBlockOnConsumed: limit.most + 1,
    });
    return { limiter, RateLimiterRes };
  };
  let opened: ReturnType<typeof open> | undefined;
  return {
    count: async (token) => {
      const { limiter, RateLimiterRes } = await (opened ??= open());
      try {
        await limiter.consume(token);
        return undefined;
      } catch (over) {
        if (over instanceof RateLimiterRes) return over.msBeforeNext;
        throw over;
      }
    },
  };
}
