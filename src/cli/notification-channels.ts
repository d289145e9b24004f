/** `hotline notification channels|add|end`: outgoing channels. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

export function register(program: Command): void {
  const notification = group(program, 'notification', '通知');
  notification
    .command('channels')
    .description('列出对外通知渠道;密钥不显示')
    .option('--json', '输出 JSON')
    .action((options: { json?: boolean }) => guarded(() => list(options)));
  notification
    .command('add')
    .description('设一个渠道;webhook 的密钥只在此时显示一次')
    .argument('<收件者>', 'unit:单位名、role:岗位代码或者 person:姓名')
    .argument('<种类>', 'webhook 或者 email')
    .argument('<地址>', '网址或者邮件地址')
    .option('--actor <姓名>', '谁设的,记入轨迹', '命令行')
    .action((recipient: string, kind: string, address: string, { actor }: { actor: string }) =>
      guarded(() => add(recipient, kind, address, actor)),
    );
  notification
    .command('end')
    .description('停用一个渠道')
    .argument('<编号>', '见 hotline notification channels')
    .option('--actor <姓名>', '谁停的,记入轨迹', '命令行')
    .action((id: string, { actor }: { actor: string }) => guarded(() => end(id, actor)));
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const { listChannels } = await import('../channel/notification/index.js');
  await withSystem('notification channels', async ({ database }) => {
    const channels = await database.transaction(listChannels);
    if (json) return JSON.stringify(channels);
    if (channels.length === 0) return '没有渠道';
    return channels
      .map(
        ({ id, recipient, kind, address, endedAt }) =>
          `${id}  ${recipient}  ${kind}  ${address}${endedAt ? '  已停用' : ''}`,
      )
      .join('\n');
  });
}

async function add(recipient: string, kind: string, address: string, actor: string): Promise<void> {
  const { Refusal } = await import('../kernel/index.js');
  if (kind !== 'webhook' && kind !== 'email') {
    throw new Refusal('usage.invalid', `渠道种类“${kind.slice(0, 40)}”不认识`, {
      remedy: '写 webhook 或者 email',
    });
  }
  const { addChannel } = await import('../channel/notification/index.js');
  await withSystem('notification add', async (system) => {
    const { channel, secret } = await addChannel(system, { recipient, kind, address, actor });
    const done = `已设渠道 ${channel.id}:${channel.recipient}`;
    return secret === null ? done : `${done}\n密钥(只显示这一次):${secret}`;
  });
}

async function end(text: string, actor: string): Promise<void> {
  const { endChannel } = await import('../channel/notification/index.js');
  await withSystem('notification end', async (system) => {
    // Not a number: no such channel.
    const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    const channel = await endChannel(system, id, actor);
    return `已停用渠道 ${channel.id}:${channel.recipient}`;
  });
}
