/** A program that reads the mailbox or runs one job, and kills itself at a chosen statement. */
import { receivingWhole } from '../../src/cases/index.js';
import { readMailbox } from '../../src/channel/mailbox/read-mailbox.js';
import type { MailboxSettings } from '../../src/channel/index.js';
import { createVault, type KeyRing } from '../../src/identity/index.js';
import { systemClock, type JsonObject } from '../../src/kernel/index.js';
import { assemble, entities } from '../../src/main.js';
import { openDatabase } from '../../src/platform/database/index.js';
import { mortal } from './killed-at.js';
import { testPremises } from './system.js';

export interface ChannelWork {
  readonly url: string;
  readonly folder: string;
  readonly ring: KeyRing;
  /** Number of the statement. */
  readonly step: number;
  readonly work:
    { readonly mailbox: MailboxSettings } | { readonly job: string; readonly payload: JsonObject };
}

if (process.argv[1] === import.meta.filename) {
  const { url, folder, ring, step, work } = JSON.parse(process.argv[2] ?? '') as ChannelWork;
  const database = mortal(await openDatabase({ applicationName: 'channel-program', url, entities }), step);
  const system = assemble(database, systemClock, createVault(ring), testPremises(folder));
  const { signal } = new AbortController();
  if ('mailbox' in work) {
    const failure = await readMailbox({ ...system, ...receivingWhole(system) }, work.mailbox, signal);
    if (failure !== undefined) throw new Error(failure);
  } else {
    const job = system.jobs.find(({ name }) => name === work.job);
    if (!job) throw new Error(`no job ${work.job}`);
    await job.work(work.payload, { attempt: 1, signal });
  }
  process.exit(0);
}
