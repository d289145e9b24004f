/** Reads the input of `hotline process trace`. */
import { z } from 'zod';
import type { Variables } from '../../engine/index.js';
import { Refusal, type Json } from '../../kernel/index.js';
import { readBytes } from '../frame/read-bytes.js';
import type { TraceStimulus } from './trace-steps.js';

const id = z.string().min(1);
const variables = z.record(z.string(), z.json());
const brings = { variables: variables.optional() };
const stimulusShape = z.union([
  z.strictObject({ start: z.union([z.literal(true), id]), ...brings }),
  z.strictObject({ complete: id, ...brings }),
  z.strictObject({ timer: id, ...brings }),
  z.strictObject({ message: id, ...brings }),
  z.strictObject({ signal: id, ...brings }),
  z.strictObject({ error: id, code: z.string(), ...brings }),
  z.strictObject({ escalation: id, code: z.string(), ...brings }),
]);

type Written = z.infer<typeof stimulusShape>;

const example =
  '[{"complete": "任务标识", "variables": {"branch": "2"}}, {"timer": "事件标识"}, {"message": "消息名"}, {"signal": "信号名"}]';

/** @throws {Refusal} `input.invalid` with the stimulus's number */
export async function readStimuli(path: string): Promise<readonly TraceStimulus[]> {
  const content = await readJson(path);
  if (!Array.isArray(content)) throw wrong(path, '内容不是列表', example);
  return content.map((entry: Json, index) => {
    const parsed = stimulusShape.safeParse(entry);
    if (!parsed.success) throw wrong(path, `第 ${index + 1} 项不是可识别的推进：${shown(entry)}`, example);
    if ('start' in parsed.data && index > 0)
      throw wrong(path, `第 ${index + 1} 项：start 只能是第一项`, example);
    return { given: entry, ...stimulusOf(parsed.data) };
  });
}

/** @throws {Refusal} `input.invalid` */
export async function readVariables(path: string): Promise<Variables> {
  const parsed = variables.safeParse(await readJson(path));
  if (!parsed.success) throw wrong(path, '内容不是变量表', '{"branch": "2", "rounds": 1}');
  return parsed.data;
}

function stimulusOf({ variables: brought = {}, ...written }: Written): Omit<TraceStimulus, 'given'> {
  const bringing = (stimulus: TraceStimulus['stimulus']) => ({ stimulus, variables: brought });
  if ('start' in written) {
    return bringing({ kind: 'start', ...(written.start === true ? {} : { event: written.start }) });
  }
  if ('complete' in written) return bringing({ kind: 'complete', task: written.complete });
  if ('timer' in written) return bringing({ kind: 'timer', event: written.timer });
  if ('message' in written) return bringing({ kind: 'message', name: written.message });
  if ('signal' in written) return bringing({ kind: 'signal', name: written.signal });
  if ('error' in written) return bringing({ kind: 'error', task: written.error, code: written.code });
  return bringing({ kind: 'escalation', task: written.escalation, code: written.code });
}

async function readJson(path: string): Promise<Json> {
  const bytes = await readBytes(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Refusal('input.invalid', `文件 ${path} 不是 UTF-8 编码。`, {
      remedy: '请另存为 UTF-8。',
      cause,
    });
  }
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new Refusal('input.invalid', `文件 ${path} 不是 JSON。`, {
      remedy: '请检查引号、逗号和括号。',
      cause,
    });
  }
}

function shown(entry: Json): string {
  const text = JSON.stringify(entry);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function wrong(path: string, detail: string, form: string): Refusal {
  return new Refusal('input.invalid', `文件 ${path}：${detail}。`, { remedy: `应写成：${form}` });
}
