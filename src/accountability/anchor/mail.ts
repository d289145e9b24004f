/** Mails the checkpoint to an outside mailbox once a day. People can read that mailbox; the program cannot. */
import { originOf, type Anchor } from './anchor.js';
import { serviceTitle, type Laws } from '../../kernel/law.js';

/** Returns the mail server's answer once the server has accepted the letter. @throws {Error} in Chinese */
export type SendMail = (letter: {
  readonly to: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
}) => ReturnType<Anchor['keep']>;

export function mailAnchor(to: string, send: SendMail, laws: Laws): Anchor {
  return {
    kind: 'mail',
    name: `邮箱 ${to}`,
    every: 'day',
    keep: ({ note, size, number }) =>
      send({
        to,
        id: `checkpoint_${number}`,
        title: `审计轨迹的检查点：${size} 条（${originOf(note)}）`,
        text: [
          `这是 ${serviceTitle(laws.today())}审计轨迹当日的检查点。请原样保存这封邮件，不必回复，不要删除。`,
          '有人问起轨迹有没有被改过、数据库有没有被退回，就把下面横线之间的五行存成文件，',
          '请系统的运行单位执行 hotline trail verify --note 那个文件：条数变少、内容不同，都会点名。',
          '',
          '--------',
          note.trimEnd(),
          '--------',
        ].join('\n'),
      }),
  };
}
