/** The page's only way to the program: JSON in, JSON out, refusals as errors that can be shown. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.detail);
    Object.assign(this, problem);
  }
}

/** The program cannot be reached. */
export class Offline extends Error {}

export async function call(path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path, {
      ...(body === undefined
        ? {}
        : {
            method: 'POST',
            body: JSON.stringify(body),
            headers: { 'Content-Type': 'application/json', ...headers },
          }),
      signal: AbortSignal.timeout(20_000),
    });
  } catch (cause) {
    throw new Offline('连不上程序', { cause });
  }
  const answer = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer;
  throw new Refused(answer ?? unreadable(response.status));
}

const unreadable = (status) => ({
  title: '回答不完整',
  status,
  detail: `程序回答了 HTTP ${status},但内容读不了`,
  remedy: '稍后重试',
});

export function refusalText(error) {
  if (error instanceof Offline) return '连不上程序:网络中断,或程序已停止。内容还在,恢复后可以再次提交。';
  const { title = '出错了', message, provision, remedy, requestId, status } = error;
  return [
    `${title}:${message}`,
    provision ? `依据:${provision}` : '',
    remedy ? `办法:${remedy}` : '',
    status >= 500 && requestId ? `请求编号:${requestId}` : '',
  ]
    .filter(Boolean)
    .join('。');
}
