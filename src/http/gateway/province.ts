/**
 * The province's page: sums of the cities' published months. It asks each city's program like any
 * member of the public, without a session, so the page is as public as its parts.
 */
import { Router, type Request } from 'express';
import { z } from 'zod';
import { publicationContentSchema } from '../../measures/assessment/model/index.js';
import { Refusal } from '../../kernel/index.js';
import type { GatewayCity } from './cities.js';
import { provincePage } from './province-page.js';
import { sumsOf, type CityMonth } from './province-sums.js';

export interface Province {
  readonly name: string;
  readonly path: string;
}

/** Timeout of a city's answer, in milliseconds. */
const patience = 10_000;

const published = z.object({ items: z.array(z.object({ period: z.string() })) });
const month = z.object({ content: publicationContentSchema });

export function provinceRoutes(
  { name, path }: Province,
  cities: readonly GatewayCity[],
  addressIn: (request: Request) => (city: GatewayCity) => string,
): Router {
  const monthsOf = async (request: Request): Promise<readonly string[]> => {
    const lists = await Promise.all(
      cities.map((city) => asked(city, '/api/publications', published, request)),
    );
    const periods = lists.flatMap((list) => (list.answer?.items ?? []).map(({ period }) => period));
    return [...new Set(periods)].sort().reverse();
  };
  const cityMonths = (period: string, request: Request): Promise<readonly CityMonth[]> =>
    Promise.all(
      cities.map(async (city) => {
        const { answer, away } = await asked(city, `/api/publications/${period}`, month, request);
        const address = `${addressIn(request)(city)}publications/${period}`;
        return { name: city.name, address, content: answer?.content, away };
      }),
    );
  const router = Router({ caseSensitive: true, strict: true });
  router.get(path, async (request, response) => {
    const periods = await monthsOf(request);
    const period = periodOf(request) ?? periods[0];
    const months = period === undefined ? [] : await cityMonths(period, request);
    response
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(provincePage({ name, path, periods, period, months, sums: sumsOf(months) }));
  });
  router.get(`${path}/figures.json`, async (request, response) => {
    const period = periodOf(request) ?? (await monthsOf(request))[0];
    const months = period === undefined ? [] : await cityMonths(period, request);
    response.set('Cache-Control', 'no-store').json({
      period: period ?? null,
      cities: months.map(({ name: city, content, away }) => ({
        name: city,
        state: away ? 'away' : content ? 'published' : 'not-published',
        version: content?.version ?? null,
        received: content?.received ?? null,
      })),
      sums: sumsOf(months),
    });
  });
  return router;
}

/** @throws {Refusal} `input.invalid` */
function periodOf({ query }: Request): string | undefined {
  const { period } = query;
  if (period === undefined) return undefined;
  if (typeof period === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return period;
  throw new Refusal('input.invalid', '月份写成 2026-10 这样', { where: 'period' });
}

/** The request counts against the client, not against the gateway. */
async function asked<Answer>(
  city: GatewayCity,
  what: string,
  schema: z.ZodType<Answer>,
  request: Request,
): Promise<{ readonly answer: Answer | undefined; readonly away: boolean }> {
  const target = city.target();
  if (target === undefined) return { answer: undefined, away: true };
  try {
    const response = await fetch(`${target}${city.path}${what}`, {
      headers: { 'x-forwarded-for': request.ip ?? '' },
      signal: AbortSignal.timeout(patience),
    });
    if (response.status === 404) return { answer: undefined, away: false };
    if (!response.ok) return { answer: undefined, away: true };
    return { answer: schema.parse(await response.json()), away: false };
  } catch {
    return { answer: undefined, away: true };
  }
}
