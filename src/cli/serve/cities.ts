/** `hotline serve --cities`: runs a program for each city behind a common gateway, until Ctrl-C. */
import { once } from 'node:events';

export async function serveCities(
  file: string,
  at: { readonly host: string; readonly port: number },
): Promise<void> {
  const { systemClock } = await import('../../kernel/index.js');
  const { createLog, logSettings } = await import('../../platform/telemetry/log/index.js');
  const { createCityProgram, readCities } = await import('../../platform/cities/index.js');
  const { createGateway, listen } = await import('../../http/index.js');
  const settings = logSettings(process.env, process.stderr.isTTY);
  const log = createLog(settings);
  const { cities, province } = readCities(file, { ...process.env, HOTLINE_LOG: settings.form });
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  const programs = cities.map((city) =>
    createCityProgram(city, {
      clock: systemClock,
      log,
      words: ['--gateway', at.host],
      say: (stream, { key, name }, line) => process[stream].write(`${ofCity(key, name, line)}\n`),
    }),
  );
  const trustProxy = process.env.HOTLINE_TRUST_PROXY?.trim() || undefined;
  const server = await listen(await createGateway({ cities: programs, log, province, trustProxy }), at);
  console.log(`${cities.length} 个城市的入口已启动：${server.url}（按 Ctrl-C 停止）`);
  for (const { name, host, path } of programs) console.log(`  ${name}:${host ?? ''}${path}/`);
  if (province) console.log(`  ${province.name}各市公布的合计：${province.path}`);
  const running = Promise.all(programs.map((program) => program.run(stopping.signal)));
  if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
  console.log('正在停止……');
  await Promise.all([server.close(), running]);
  console.log('已停止');
}

/** Prefixes a log line with the city, so that machines can still read it. */
const ofCity = (key: string, name: string, line: string): string =>
  line.startsWith('{"') ? `{"city":${JSON.stringify(key)},${line.slice(1)}` : `[${name}] ${line}`;
