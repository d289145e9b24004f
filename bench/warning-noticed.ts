/**
 * Time from accepting the sheet that completes a burst to the notice in the supervisor's inbox: the program as in `npm
 * start`, over HTTP.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';
import { signedIn } from './many-sheets.js';
import type { BenchServer } from './postgres.js';
import { median, rounded, table } from './table.js';

const bursts = 5;
/** Of one class in one district; the last one raises the warning (policy `burstSheets`, or a few more). */
const mostSheets = 10;
const longest = 60_000;

export async function noticed(server: BenchServer): Promise<void> {
  const url = await server.database('noticed');
  const system = await openSystem({
    clock: systemClock,
    applicationName: 'bench',
    url,
    directory: server.directory,
  });
  await system.identity.setup.samplePeople();
  const intake = await signedIn(system, 'shouli');
  const supervisor = await signedIn(system, 'duban');
  await system.close();
  const hotline = new URL('../bin/hotline.mjs', import.meta.url).pathname;
  const program = spawn(process.execPath, [hotline, 'serve', '--port', '0'], {
    env: { ...process.env, DATABASE_URL: url, HOTLINE_DATA: server.directory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = once(program, 'exit');
  try {
    const address = await listening(program);
    const took: number[] = [];
    for (let burst = 0; burst < bursts; burst++) took.push(await tip(address, burst, intake, supervisor));
    table(
      'From the tipping sheet to the inbox',
      ['bursts', 's, median', 'longest'],
      [[bursts, rounded(median(took) / 1000, 1), rounded(Math.max(...took) / 1000, 1)]],
    );
  } finally {
    program.kill('SIGTERM');
    await gone;
  }
}

type Headers = Readonly<Record<string, string>>;

/** The program's address, from its output. */
function listening({ stdout, stderr }: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer): void => {
      said += String(text);
      const [, address] = /已启动：(http:\/\/[^(（\s]+)/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    };
    stdout?.on('data', hear);
    stderr?.on('data', hear);
    stdout?.once('end', () => reject(new Error(said)));
  });
}

/** Milliseconds from accepting the sheet that reaches the count; earlier notices are impossible. */
async function tip(address: string, burst: number, intake: Headers, supervisor: Headers): Promise<number> {
  const before = await unread(address, supervisor);
  for (let sheet = 1; sheet <= mostSheets; sheet++) {
    const answer = await fetch(`${address}/api/work-orders`, {
      method: 'POST',
      headers: { ...intake, 'content-type': 'application/json' },
      body: JSON.stringify({
        channel: 'phone',
        kind: 'help',
        title: '小区停水',
        content: `第 ${burst} 处停水，第 ${sheet} 个来电。`,
        district: `第${burst}区`,
        callerName: `来电人${burst}-${sheet}`,
        callerContact: `139${String(burst * 100 + sheet).padStart(8, '0')}`,
      }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const answered = performance.now();
    // Further sheets follow only if this one has not raised it.
    const patience = sheet === mostSheets ? longest : 5000;
    while (performance.now() - answered < patience) {
      if ((await unread(address, supervisor)) > before) return performance.now() - answered;
      await systemClock.sleep(50);
    }
  }
  throw new Error(`burst ${burst} was never noticed`);
}

async function unread(address: string, headers: Headers): Promise<number> {
  const recipient = encodeURIComponent('role:supervisor');
  const answer = await fetch(`${address}/api/notifications?recipient=${recipient}&limit=200`, { headers });
  if (!answer.ok) throw new Error(await answer.text());
  const { items } = (await answer.json()) as { items: readonly { workOrder: string | null }[] };
  return items.filter(({ workOrder }) => workOrder === 'warnings').length;
}
