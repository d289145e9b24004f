/** Explains delivery failures to operators, without addresses, which may be personal or contain tokens. */
const meanings: { readonly [code: string]: string } = {
  ABORT_ERR: '对方没有及时答复',
  ECONNREFUSED: '对方没有程序在监听',
  ECONNRESET: '连接被对方断开',
  EPIPE: '连接被对方断开',
  ENOTFOUND: '找不到对方的主机',
  EAI_AGAIN: '暂时解析不了对方的主机名',
  EDNS: '找不到对方的主机',
  ETIMEDOUT: '对方没有及时答复',
  EHOSTUNREACH: '网络到不了对方的主机',
  ENETUNREACH: '网络到不了对方的主机',
  ECONNECTION: '连接不上邮件服务器',
  ESOCKET: '连接不上邮件服务器',
  EAUTH: '邮件服务器不接受我们的用户或口令',
  EENVELOPE: '邮件服务器不接受收件人或发件人',
  EMESSAGE: '邮件服务器不接受这封邮件',
};

export function failureInWords(error: unknown): Error {
  if (error instanceof PrivateAddress) return error;
  const { code, responseCode, response, command } = error as {
    readonly code?: unknown;
    readonly responseCode?: unknown;
    readonly response?: unknown;
    readonly command?: unknown;
  };
  const name = typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
  const answer = typeof responseCode === 'number' ? `，答复 ${responseCode}` : '';
  const what =
    name === 'AbortError' || name === 'TimeoutError'
      ? '对方没有及时答复'
      : /CERT|TLS|SSL|SELF_SIGNED/.test(name)
        ? '对方的证书不能信任'
        : (meanings[name] ?? '没有发出去');
  const isForGood =
    (command === 'RCPT TO' || command === 'DATA') && typeof response === 'string' && isNobody(response);
  return new (isForGood ? Undeliverable : Error)(`${what}（${name}${answer}）`, { cause: error });
}

/**
 * A mail server reports that the recipient does not exist (RFC 3463: 5.1, 5.2.1), which is
 * permanent. Other failures may pass: the server may reject our address, this letter, or the number
 * of letters.
 */
function isNobody(response: string): boolean {
  const [, code = '', status] = /^(\d{3})[ -](?:#?(5\.\d{1,3}\.\d{1,3}))?/.exec(response) ?? [];
  if (status !== undefined) return /^5\.(1\.\d+|2\.1)$/.test(status);
  return /^55[013]$/.test(code) && /user|mailbox|recipient|account|不存在/i.test(response);
}

/** A permanent refusal: retrying is useless. */
export class Undeliverable extends Error {}

export class PrivateAddress extends Error {
  constructor() {
    super('地址在内部网络里，不准发往那里（HOTLINE_WEBHOOK_PRIVATE=allow 可以放开）');
  }
}
