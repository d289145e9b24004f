/** Describes failures of single sign-on without the provider's own text. */
import { Refusal } from '../kernel/index.js';

export async function oidcRefusal(error: unknown): Promise<Refusal> {
  if (error instanceof Refusal) return error;
  const client = await import('openid-client');
  if (error instanceof client.AuthorizationResponseError) {
    if (/^(access_denied|login_required|interaction_required|consent_required)$/.test(error.error)) {
      return new Refusal('oidc.cancelled', '在统一身份认证那里没有完成登录', {
        remedy: '再登录一次，或用口令登录',
        cause: error,
      });
    }
    return refused(error);
  }
  if (error instanceof client.ResponseBodyError) {
    return error.error === 'invalid_grant' ? staleLogin(error) : refused(error);
  }
  const codes = codesOf(error);
  if (codes.includes('OAUTH_JWT_TIMESTAMP_CHECK_FAILED')) {
    return new Refusal('oidc.clock', '本系统与统一身份认证的时钟相差太多，或者登录拖得太久', {
      remedy: '再登录一次；仍不行请系统管理员校时',
      cause: error,
    });
  }
  return isUnreachable(codes) ? unreachable(error) : refused(error);
}

/** The refusal of a logout notice, whose sender is a server that may repeat it. */
export function noticeRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isUnreachable(codesOf(error))) return unreachable(error);
  return new Refusal('oidc.notice-refused', '退出通知的签名、发行者、时刻或者内容不对，或者已经用过', {
    where: 'logout_token',
    remedy: '核对统一身份认证的设置和两边的时钟',
    cause: error,
  });
}

const isUnreachable = (codes: readonly string[]): boolean =>
  codes.some((code) =>
    /^(E(?!RR_J)[A-Z]+|UND_ERR|OAUTH_TIMEOUT|OAUTH_RESPONSE_IS_NOT|ERR_JWKS_TIMEOUT|AbortError|TimeoutError)/.test(
      code,
    ),
  );

const unreachable = (cause: unknown): Refusal =>
  new Refusal('oidc.unreachable', '统一身份认证此刻没有应答', { remedy: '稍后再试，或用口令登录', cause });

export const staleLogin = (cause?: unknown): Refusal =>
  new Refusal('oidc.stale', '这次登录已经用过、过期，或者不是从这个浏览器开始的', {
    remedy: '从登录页重新登录',
    cause,
  });

const refused = (cause: unknown): Refusal =>
  new Refusal('oidc.refused', '统一身份认证的答复不能接受', {
    remedy: '再登录一次；仍不行请系统管理员核对统一身份认证的设置',
    cause,
  });

/** Node wraps network errors: the reason may be two causes deep. */
function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  for (let one = error, depth = 0; one instanceof Error && depth < 4; one = one.cause, depth++) {
    const { code } = one as { readonly code?: unknown };
    codes.push(...(typeof code === 'string' ? [code] : []), one.name);
  }
  return codes;
}
