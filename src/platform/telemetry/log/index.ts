/** The log, by pino: JSON lines, or readable text on a terminal. */
import { destination as destinationOf, pino, type DestinationStream } from 'pino';
import { PinoPretty as pretty } from 'pino-pretty';
import { Refusal } from '../../../kernel/index.js';
import type { Log } from '../../../kernel/log.js';
import { errorFacts } from './error-facts.js';

export interface LogSettings {
  readonly form: 'json' | 'text';
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/**
 * `HOTLINE_LOG` (json, text) and `HOTLINE_LOG_LEVEL`. Defaults: on a terminal text and warnings, else JSON and every
 * request.
 *
 * @throws {Refusal} `usage.invalid`
 */
export function logSettings(environment: NodeJS.ProcessEnv, isTerminal: boolean): LogSettings {
  const form = environment.HOTLINE_LOG?.trim() || (isTerminal ? 'text' : 'json');
  const named = environment.HOTLINE_LOG_LEVEL?.trim() || (form === 'text' ? 'warn' : 'info');
  const level = levels.find((known) => known === named);
  if (form !== 'json' && form !== 'text') throw invalid('HOTLINE_LOG', form, 'json、text');
  if (!level) throw invalid('HOTLINE_LOG_LEVEL', named, levels.join('、'));
  return { form, level };
}

/** @param to default: stderr */
export function createLog({ form, level }: LogSettings, to?: DestinationStream): Log {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const destination = to ?? destinationOf({ dest: 2, sync: true });
  const logger =
    form === 'json'
      ? pino(options, destination)
      : pino(
          options,
          pretty({ sync: true, colorize: false, ignore: 'pid', translateTime: 'SYS:HH:MM:ss', destination }),
        );
  return {
    info: (text, facts = {}) => logger.info(facts, text),
    warn: (text, facts = {}) => logger.warn(facts, text),
    error: (text, error, facts = {}) => logger.error({ ...facts, ...errorFacts(error) }, text),
  };
}

const invalid = (name: string, value: string, known: string): Refusal =>
  new Refusal('usage.invalid', `${name}“${value}”不认识`, { remedy: `可用：${known}` });
