/** `hotline notification channels|add|end`: outgoing channels. */
import { Refusal } from '../kernel/refusal.js';
import type { System } from '../main.js';
import type { Answer, ChineseCommand } from './frame/chinese-command.js';
import { withSystem } from './frame/with-system.js';

interface Acting {
  readonly actor: string;
}

export function register(program: ChineseCommand): void {
  const notification = program.word('notification', '通知');
  notification.word('channels', '列出对外通知渠道；密钥不显示').json().answersOfSystem(list);
  notification
    .word('add', '设一个渠道；webhook 的密钥只在此时显示一次')
    .argument('<收件者>', 'unit：单位名、role：岗位代码或者 person：姓名')
    .argument('<种类>', 'webhook 或者 email')
    .argument('<地址>', '网址或者邮件地址')
    .actor('设')
    .answers(add);
  notification
    .word('end', '停用一个渠道')
    .argument('<编号>', '见 hotline notification channels')
    .actor('停')
    .answersOfSystem(end);
}

async function list({ database }: System): Promise<Answer> {
  const { listChannels } = await import('../channel/notification/index.js');
  const channels = await database.transaction(listChannels);
  const lines = channels.map(
    ({ id, recipient, kind, address, endedAt }) =>
      `${id}  ${recipient}  ${kind}  ${address}${endedAt ? '  已停用' : ''}`,
  );
  return { data: channels, words: lines.join('\n') || '没有渠道' };
}

async function add(recipient: string, kind: string, address: string, { actor }: Acting): Promise<string> {
  if (kind !== 'webhook' && kind !== 'email') {
    throw new Refusal('usage.invalid', `渠道种类“${kind.slice(0, 40)}”不认识`, {
      remedy: '写 webhook 或者 email',
    });
  }
  const { addChannel } = await import('../channel/notification/index.js');
  const { channel, secret } = await withSystem('notification add', (system) =>
    addChannel(system, { recipient, kind, address, actor }),
  );
  const done = `已设渠道 ${channel.id}：${channel.recipient}`;
  return secret === null ? done : `${done}\n密钥（只显示这一次）：${secret}`;
}

async function end(system: System, text: string, { actor }: Acting): Promise<string> {
  const { endChannel } = await import('../channel/notification/index.js');
  // If the text is no number, there is no such channel.
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  const channel = await endChannel(system, id, actor);
  return `已停用渠道 ${channel.id}：${channel.recipient}`;
}
