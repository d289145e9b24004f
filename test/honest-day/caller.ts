/** The public on the callers' page: reads answers, files matters, acts on them, gets receipts. */
import { callerActs } from './caller-acts.js';
import { closedMatters } from './caller-ended.js';
import { filedMatters } from './caller-filing.js';
import { callerReceipts } from './caller-receipts.js';
import { callersWords } from './caller-words.js';
import type { Day } from './day.js';

/** Filing is open to the public, as an operator would have it. */
const opened = { HOTLINE_CALLER_FILING: 'on', HOTLINE_CALLER_WORK: '4' };

export async function caller(day: Day): Promise<void> {
  // The first program had read its settings before this part.
  Object.assign(day.served.system.filing, { filing: true, work: 4 });
  Object.assign(process.env, opened);
  try {
    await day.restart();
    await filedMatters(day);
    await callerActs(day);
    await closedMatters(day);
    await callerReceipts(day);
    await callersWords(day);
  } finally {
    for (const name of Object.keys(opened)) Reflect.deleteProperty(process.env, name);
  }
}
