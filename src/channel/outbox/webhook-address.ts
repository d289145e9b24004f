import { Refusal } from '../../kernel/index.js';
import { assertPublicHost } from './address-guard.js';
import type { OutgoingSettings } from './settings.js';

/** @throws {Refusal} `input.invalid` */
export function webhookAddress(text: string, { privateAddresses }: OutgoingSettings): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new Refusal('input.invalid', '回调地址不是有效的网址', {
      where: 'address',
      remedy: '写成 https://主机/路径，不带用户和口令',
    });
  }
  try {
    if (!privateAddresses) assertPublicHost(url);
  } catch (cause) {
    throw new Refusal('input.invalid', '回调地址在内部网络里', {
      where: 'address',
      remedy: '确需发往内部网络的，请管理员设置 HOTLINE_WEBHOOK_PRIVATE=allow',
      cause,
    });
  }
  return url.href;
}
