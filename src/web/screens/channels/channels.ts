import type { Output } from '../../api/client.js';

export type Channel = Output<'listChannels'>['items'][number];

export const kindWords = { webhook: '网址', email: '邮件' } as const satisfies Record<
  Channel['kind'],
  string
>;

export const recipientWords = { unit: '单位', role: '岗位', person: '个人' } as const;

export const recipientWord = ({ recipient }: Channel): string =>
  recipientWords[recipient.split(':')[0] as keyof typeof recipientWords];
