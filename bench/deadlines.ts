/**
 * Deadlines at a city's scale: the arithmetic, the claims, one closing time with real processes,
 * and a schedule that moves a fifth of them.
 */
import * as claims from './claims.js';
import { openCity } from './city.js';
import * as closingTime from './closing-time.js';
import * as recomputation from './recomputation.js';
import { benchServer } from './postgres.js';
import * as workingDays from './working-days.js';

/** `BENCH_DEADLINES` for a quicker look at a smaller city. */
const whole = Number(process.env['BENCH_DEADLINES'] ?? 1_000_000);

export async function run(): Promise<void> {
  workingDays.run();
  const server = await benchServer();
  try {
    const city = await openCity(server);
    const rows: (readonly string[])[] = [];
    await city.growTo(whole / 100);
    rows.push(await claims.measured(city, new Date('2026-03-16T10:00:00+08:00')));
    await city.growTo(whole / 10);
    rows.push(await claims.measured(city, new Date('2026-03-02T10:00:00+08:00')));
    await closingTime.prepare(city, whole / 10);
    await city.growTo(whole);
    rows.push(await claims.measured(city, new Date('2026-01-26T10:00:00+08:00')));
    claims.report(rows);
    await closingTime.catchUp(city);
    await city.system.close();
    await closingTime.run(server, city.name);
    await recomputation.run(server, whole / 5);
  } finally {
    await server.stop();
  }
}
