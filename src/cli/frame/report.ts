import { Refusal, refusals } from '../../kernel/refusal.js';

/** Prints what is wrong and what to do. Exit code 2 for usage errors, otherwise `failed`. */
export function report(error: unknown, failed = 1): void {
  const { title, detail, where, place, remedy, provision, code } =
    error instanceof Refusal ? told(error) : unexpected();
  const lines = [
    `错误：${title}：${detail}`,
    ...(where ? [`位置：${where}`] : []),
    ...(place ? [`哪里：${place}`] : []),
    ...(remedy ? [`办法：${remedy}`] : []),
    ...(provision ? [`依据：${provision}`] : []),
  ];
  if (process.env['HOTLINE_DEBUG']) lines.push(traceOf(error));
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = code === 'usage.invalid' ? 2 : failed;
}

function told({ title, message, where, place, remedy, provision, code }: Refusal) {
  return { title, detail: message, where, place, remedy, provision, code };
}

function unexpected(): ReturnType<typeof told> {
  return {
    code: 'internal.error',
    title: refusals['internal.error'].title,
    detail: '程序遇到没有料到的情况，没有做完（internal.error）。',
    where: undefined,
    place: undefined,
    remedy: '设置环境变量 HOTLINE_DEBUG=1 后再执行一次，把全部输出交给维护人员。',
    provision: undefined,
  };
}

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.stack ?? error.message}${error.cause === undefined ? '' : `\n原因：${traceOf(error.cause)}`}`;
}
