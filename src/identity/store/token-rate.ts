/** How many requests a token has made, at all programs on the database together. */
import type { Database } from '../../persistence/index.js';

export interface TokenRate {
  /** @returns undefined, or how many milliseconds from now the next request may come */
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
      // Whoever is over the limit is turned away from memory: a flood costs the database nothing more.
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
