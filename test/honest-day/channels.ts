/** Channels beside the telephone: sources, upstream hotlines, the mayor's mailbox, Open311, messages to callers. */
import { mailbox } from './channels-mailbox.js';
import { messages } from './channels-messages.js';
import { open311 } from './channels-open311.js';
import { startOutside, type Outside } from './channels-receivers.js';
import { setBack } from './channels-set-back.js';
import { sources } from './channels-sources.js';
import { upstreams } from './channels-upstream.js';
import { channelWords } from './channels-words.js';
import type { Day } from './day.js';

export async function channels(day: Day): Promise<void> {
  const outside = await startOutside();
  const smtp = { url: outside.smtp, from: '12345@example.gov.cn' };
  // The first program has read its settings before any part.
  const { outgoing } = day.served.system;
  Object.assign(outgoing, { privateAddresses: true, smtp });
  try {
    await withSettings(outside, () => day.restart());
    await sources(day);
    await upstreams(day, outside);
    await open311(day);
    await messages(day, outside);
    await setBack(day, outside);
    await channelWords(day, outside);
    await mailbox(day, outside);
  } finally {
    Object.assign(outgoing, { privateAddresses: false });
    Reflect.deleteProperty(outgoing, 'smtp');
    await day.restart();
    await outside.close();
  }
}

async function withSettings({ smtp }: Outside, act: () => Promise<void>): Promise<void> {
  const settings = {
    HOTLINE_WEBHOOK_PRIVATE: 'allow',
    HOTLINE_SMTP_URL: smtp,
    HOTLINE_SMTP_FROM: '12345@example.gov.cn',
  };
  const before = { ...process.env };
  Object.assign(process.env, settings);
  try {
    await act();
  } finally {
    for (const name of Object.keys(settings)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}
