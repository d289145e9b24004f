/** `hotline serve` (`npm start`): runs the whole program until Ctrl-C. */
import { setMaxListeners } from 'node:events';
import { Option } from 'commander';
import { usePackage } from '../../kernel/package-root.js';
import { Refusal } from '../../kernel/refusal.js';
import type { ChineseCommand } from '../frame/chinese-command.js';

export const defaultPort = 12345;
/** A minute in milliseconds. */
const minute = 60_000;
export const defaultHost = '127.0.0.1';
/** Milliseconds. */
const defaultTolerance = 2000;

export function register(program: ChineseCommand): void {
  program
    .word('serve', '启动系统：数据库、流程、调度和网页服务，按 Ctrl-C 停止')
    .option('--host <地址>', `网页服务的地址（默认 ${defaultHost}；设置过管理员的才能用别的）`)
    .option('--port <端口>', `网页服务的端口（默认 ${defaultPort}，也可用 HOTLINE_PORT 指定）`)
    .option('--package <文件夹>', '城市的条例包，也可用 HOTLINE_PACKAGE 指定（不写是随附的）')
    .option('--cities <文件>', '几个城市：每个城市一个程序，前面一个入口（docs/guide/several-cities.md）')
    .addOption(new Option('--gateway <地址>', '入口的地址，由 --cities 自己写').hideHelp())
    .option('--unsigned', '轨迹的签名密钥丢了、没有备份时用：不签名也启动（docs/trail.md）')
    .action(async (options: Options) => {
      const [port, host] = [options.port ?? process.env.HOTLINE_PORT, options.host ?? defaultHost];
      if (options.cities !== undefined) {
        const { serveCities } = await import('./cities.js');
        return serveCities(options.cities, { host, port: portOf(port ?? `${defaultPort}`) });
      }
      usePackage(options.package);
      return serve(port, host, options);
    });
}

interface Options {
  readonly port?: string;
  readonly host?: string;
  readonly package?: string;
  readonly cities?: string;
  /** Address of the installation's gateway, set for a program that the gateway has started. */
  readonly gateway?: string;
  readonly unsigned?: boolean;
}

async function serve(
  portText: string | undefined,
  host: string,
  { gateway, unsigned = false }: Options,
): Promise<void> {
  (await import('../../law/regulation/index.js')).assertCatalogueReadable();
  const { basePath, createThrottledLog, repeat, systemClock } = await import('../../kernel/index.js');
  const { createLog, logSettings } = await import('../../platform/telemetry/log/index.js');
  const log = createLog(logSettings(process.env, process.stderr.isTTY));
  const port = portOf(portText ?? `${defaultPort}`);
  const metricsPort = process.env.HOTLINE_METRICS_PORT?.trim();
  const metricsAt = metricsPort
    ? { host: process.env.HOTLINE_METRICS_HOST?.trim() || defaultHost, port: portOf(metricsPort) }
    : undefined;
  const tolerance = toleranceOf(process.env.HOTLINE_CLOCK_TOLERANCE);
  const { openSystem } = await import('../../main.js');
  const { createApp, createMetricsApp, listen, mapTilesOf } = await import('../../http/index.js');
  const mapTiles = mapTilesOf(process.env.HOTLINE_MAP_TILES, process.env.HOTLINE_MAP_ATTRIBUTION);
  const { createClockWatch, createScheduler } = await import('../../engine/index.js');
  const { createJobRunner } = await import('../../platform/jobs/index.js');
  const {
    createFollower,
    createSequencer,
    askWitnesses,
    indexTrail,
    readWitnesses,
    signCheckpoint,
    watchTrail,
  } = await import('../../accountability/index.js');
  const { putCheckpoints } = await import('../../channel/outbox/index.js');
  const { closeDuePeriods, draftDuePublications, endMonths, keepSweeping } =
    await import('../../cases/index.js');
  const { createLawFollower, followDuties } = await import('../../law/regulation/index.js');
  const { followTrail } = await import('../../measures/assessment/index.js');
  const { followMatters } = await import('../../measures/warning/index.js');
  const { databaseSettings } = await import('../../platform/database/index.js');
  const { prepare } = await import('./prepare.js');
  const { retryUntilAvailable } = await import('./retry-until-available.js');

  const stopping = new AbortController();
  // Each part of the program listens to this signal, so the number of listeners is not a leak.
  setMaxListeners(0, stopping.signal);
  const stop = (): void => stopping.abort();
  // Ctrl-C in a terminal reaches the program twice: directly, and through npm.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Started by a program of ours, it ends with it.
  if (process.channel) {
    process.once('disconnect', stop);
    // Otherwise the listener would keep the program alive.
    process.channel.unref();
  }

  const outside = process.env.HOTLINE_TRUST_PROXY?.trim();
  const trustProxy = gateway === undefined ? outside : 'loopback';
  const at = gateway ?? host;
  const reached = isLoopback(at) ? outside && '代理' : `“${at}”`;
  const settings = databaseSettings();
  const start = async () => {
    const system = await openSystem({
      clock: systemClock,
      applicationName: 'hotline serve',
      log,
      ...settings,
    });
    try {
      return {
        system,
        ...(await prepare(system, { embedded: settings.url === undefined, reached, unsigned })),
      };
    } catch (error) {
      await system.close();
      throw error;
    }
  };
  const endTraces = process.env['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim()
    ? await (await import('../../platform/telemetry/index.js')).startTraces()
    : undefined;
  console.log('正在打开数据库……');
  const started = await retryUntilAvailable(start, stopping.signal);
  if (!started) return;
  const { system, lines, logins } = started;
  try {
    const clockWatch = createClockWatch({ ...system, tolerance });
    const server = await listen(
      createApp({
        ...system,
        clockWatch,
        ...(trustProxy ? { trustProxy } : {}),
        ...(mapTiles ? { mapTiles } : {}),
      }),
      {
        host,
        port,
      },
    );
    process.send?.({ listening: server.url, logins });
    const measured = metricsAt && (await listen(createMetricsApp(system), metricsAt));
    if (measured) console.log(`运行指标：${measured.url}/metrics`);
    system.metrics.watchProcess();
    const complaints = createThrottledLog(log, systemClock);
    const complain = (what: string) => complaints(`${what}出错，稍后重试`);
    const scheduling = createScheduler({
      ...system,
      clockWatch,
      onError: complain('调度'),
      onSkew: ({ milliseconds }) => log.warn(skewWarning(milliseconds, tolerance)),
    }).run(stopping.signal);
    const working = createJobRunner({ ...system, onError: complain('任务队列') }).run(stopping.signal);
    const witnesses = await readWitnesses();
    const sequencing = createSequencer({
      ...system,
      onError: complain('轨迹排号和签名'),
      after: async () => {
        await indexTrail(system.database);
        await signCheckpoint({ ...system, signer: await system.signer() });
      },
    }).run(stopping.signal);
    const startedAt = systemClock.now();
    const watching = repeat({ ...system, onError: complain('查看轨迹的排号') }, 30_000, stopping.signal, () =>
      watchTrail(system, startedAt, (text) => log.warn(text)),
    );
    const asking = { ...system, witnesses, onError: complain('请见证人联署') };
    const witnessing = repeat(asking, minute, stopping.signal, () => askWitnesses(asking));
    const anchors = await system.anchors();
    const anchoring = repeat(
      { ...system, onError: complain('向外留存检查点') },
      minute,
      stopping.signal,
      () => putCheckpoints({ ...system, anchors }),
    );
    const assessing = createFollower({
      ...system,
      follow: () => followTrail(system.database, system.catalogues),
      onError: complain('考核计数'),
      after: async () => {
        await endMonths(system);
        await closeDuePeriods(system);
        await draftDuePublications(system);
      },
    }).run(stopping.signal);
    const keepingDuties = createFollower({
      ...system,
      follow: () => followDuties(system.database, system.catalogues),
      onError: complain('法定义务的状态'),
    }).run(stopping.signal);
    const warning = createFollower({
      ...system,
      follow: () => followMatters(system),
      onError: complain('预警'),
    }).run(stopping.signal);
    const citing = repeat(
      { ...system, onError: complain('查看条例现行的一版') },
      10_000,
      stopping.signal,
      createLawFollower(system),
    );
    const counting = repeat({ ...system, onError: complain('记下被拒绝的请求') }, 5000, stopping.signal, () =>
      system.identity.counted.settle(),
    );
    const sweeping = keepSweeping({ ...system, onError: complain('清除过期的导出') }, stopping.signal);
    console.log(
      gateway === undefined
        ? `12345 市民服务热线已启动：${server.url}${basePath()}（接口说明 ${server.url}${basePath()}/docs，按 Ctrl-C 停止）`
        : '12345 市民服务热线已启动，由入口转来',
    );
    for (const line of lines) console.log(line);
    await aborted(stopping.signal);
    console.log('正在停止……');
    await Promise.all([
      server.close(),
      measured?.close(),
      scheduling,
      working,
      sequencing,
      watching,
      assessing,
      keepingDuties,
      warning,
      sweeping,
      counting,
      citing,
      witnessing,
      anchoring,
    ]);
  } finally {
    await system.close();
    await endTraces?.();
  }
  console.log('已停止');
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new Refusal('usage.invalid', `端口“${text}”不是 0 到 65535 之间的整数`, {
    remedy: '例如 HOTLINE_PORT=8080 npm start',
  });
}

/** Parses the tolerated clock skew, in milliseconds. */
export function toleranceOf(text: string | undefined): number {
  const tolerance = Number(text?.trim() || defaultTolerance);
  if (Number.isInteger(tolerance) && tolerance > 0) return tolerance;
  throw new Refusal('usage.invalid', `HOTLINE_CLOCK_TOLERANCE“${text}”不是大于 0 的整数（毫秒）`, {
    remedy: `例如 HOTLINE_CLOCK_TOLERANCE=${defaultTolerance}；不设则为 ${defaultTolerance}`,
  });
}

const skewWarning = (milliseconds: number, tolerance: number): string =>
  `时钟偏差过大：数据库比本程序${milliseconds > 0 ? '快' : '慢'} ${Math.abs(milliseconds)} 毫秒，超过 ${tolerance} 毫秒。期限以程序时钟为准，请立即校时。`;

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
