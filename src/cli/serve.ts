/** `hotline serve` (what `npm start` runs): the whole program, until Ctrl-C. */
import type { Command } from 'commander';
import { guarded } from './run.js';

const defaultPort = 12345;

export function register(program: Command): void {
  program
    .command('serve')
    .description('启动系统:数据库、流程、调度和网页服务,按 Ctrl-C 停止')
    .option('--port <端口>', `网页服务的端口(默认 ${defaultPort},也可用 HOTLINE_PORT 指定)`)
    .action((options: { port?: string }) => guarded(() => serve(options.port ?? process.env.HOTLINE_PORT)));
}

async function serve(portText: string | undefined): Promise<void> {
  const { Refusal, systemClock } = await import('../kernel/index.js');
  const port = Number(portText ?? defaultPort);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Refusal('usage.invalid', `端口“${String(portText)}”不是 0 到 65535 之间的整数`, {
      remedy: '例如 HOTLINE_PORT=8080 npm start',
    });
  }
  const { openSystem } = await import('../main.js');
  const { createApp, listen } = await import('../http/index.js');
  const { createScheduler } = await import('../engine/index.js');
  const { createJobRunner } = await import('../jobs/index.js');
  const { deployShipped, loadSamples } = await import('../casework/index.js');
  const { databaseSettings } = await import('../persistence/index.js');

  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  say('正在打开数据库……');
  const system = await openSystem({
    clock: systemClock,
    applicationName: 'hotline serve',
    ...databaseSettings(),
  });
  try {
    const deployments = await deployShipped(system);
    const changed = deployments.filter((deployment) => deployment.changed).length;
    say(`流程定义 ${deployments.length} 个已就绪${changed > 0 ? `,其中 ${changed} 个是新版本` : ''}`);
    const samples = await loadSamples(system);
    if (samples > 0) say(`已载入示例工单 ${samples} 件`);
    const server = await listen(createApp(system), { host: '127.0.0.1', port });
    const complain = (what: string) => (error: unknown) =>
      console.error(`${what}出错,稍后重试:${error instanceof Error ? error.message : String(error)}`);
    const scheduling = createScheduler({ ...system, onError: complain('调度') }).run(stopping.signal);
    const working = createJobRunner({ ...system, onError: complain('任务队列') }).run(stopping.signal);
    say(`12345 市民服务热线已启动:${server.url}(接口说明 ${server.url}/docs,按 Ctrl-C 停止)`);
    await aborted(stopping.signal);
    say('正在停止……');
    await Promise.all([server.close(), scheduling, working]);
  } finally {
    await system.close();
  }
  say('已停止');
}

const say = (text: string): void => console.log(text);

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
