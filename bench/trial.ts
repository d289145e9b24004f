/**
 * Trial of a draft: 1,000 past cases on the versions in force and on the draft, by the job of a submission (with all
 * scenarios and running cases) and by the command line.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { replay } from '#src/cases/replay/index.js';
import { createDraft, orderTrial, viewTrial } from '#src/design/governance/index.js';
import { createJobRunner } from '#src/platform/jobs/index.js';
import { packageRoot } from '#src/kernel/package-root.js';
import { packageText } from '../src/kernel/package-content.js';
import { madeUpMessages } from '../test/support/messages.js';
import { somebody } from '../test/support/people.js';
import { openCity } from './city.js';
import { benchServer } from './postgres.js';
import { rounded, table } from './table.js';

const count = 1000;
const editor = somebody('bench', '测量');

async function seconds<Answer>(work: () => Promise<Answer>): Promise<readonly [number, Answer]> {
  const from = process.hrtime.bigint();
  const answer = await work();
  return [Number(process.hrtime.bigint() - from) / 1e9, answer];
}

/** Replayed cases are no past cases of the city: these are created by the real executor. */
async function asPast(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query(`UPDATE hotline.process_case SET realm = 'live'`);
  await owner.end();
}

interface Lived {
  readonly cases: number;
  readonly unfit: number;
  readonly outcome: number;
  readonly escalation: number;
  readonly incomparable: number;
}

async function command(url: string, words: readonly string[]): Promise<Lived> {
  const program = spawn(process.execPath, [join(packageRoot, 'bin', 'hotline.mjs'), ...words, '--json'], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(program, 'close');
  let told = '';
  for await (const text of program.stdout.setEncoding('utf8')) told += String(text);
  await closed;
  return JSON.parse(told) as Lived;
}

export async function run(): Promise<void> {
  const server = await benchServer();
  const folder = await mkdtemp(join(tmpdir(), 'hotline-bench-'));
  try {
    const messages = join(folder, 'messages.jsonl');
    await writeFile(messages, [...madeUpMessages(count)].join('\n'));
    const inForce = packageText('processes/handling.bpmn', packageRoot);
    const source = inForce.replace('>P5D<', '>P4D<');
    const draft = join(folder, 'handling.bpmn');
    await writeFile(draft, source);

    const { system, url } = await openCity(server, 'trial');
    await replay(system, messages, { onLine: () => undefined, onBad: () => undefined });
    await asPast(url);
    const parts = { ...system, ...system.governance };
    const request = { key: 'handling', title: '四个工作日', reason: '测量', source };
    const id = await createDraft(parts, request, editor);
    const [trial, standing] = await seconds(async () => {
      await orderTrial(parts, id, editor);
      const onError = (error: unknown): void => console.error(error);
      await createJobRunner({ ...system, onError }).runDue();
      return viewTrial(parts, id);
    });
    if (standing.state !== 'made') throw new Error(`the trial is ${standing.state}`);
    const lived = standing.trial.reports?.replay;
    if (!lived) throw new Error('nothing was lived again');
    const [recorded, ofRecorded] = await seconds(() => command(url, ['process', 'replay', draft]));
    const [told, ofTold] = await seconds(() =>
      command(url, ['process', 'replay', draft, '--messages', messages]),
    );
    await system.close();
    const row = (by: string, { cases, unfit, outcome, escalation, incomparable }: Lived, taken: number) => [
      by,
      ...[cases, unfit + outcome + escalation, incomparable].map((cell) => rounded(cell)),
      rounded(taken, 1),
    ];
    table(
      'Replay before publishing: five working days become four',
      ['by', 'past cases', 'otherwise', 'not comparable', 'seconds'],
      [
        row('the trial of a submission (with all scenarios)', lived, trial),
        row('hotline process replay', ofRecorded, recorded),
        row('hotline process replay --messages', ofTold, told),
      ],
    );
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
