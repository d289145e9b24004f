/** Who made an export: what is certain of it, beside the name of whoever asked for it. */
import { programVersion } from '../../kernel/program-version.js';

export interface Exporter {
  /** The program and its version, the same on every machine. */
  readonly program: string;
  /** The operating system's user, for a command. In the console, whoever asks has signed in. */
  readonly systemUser?: string;
}

/** @param verb without `hotline`: `trail export` */
export const byCommand = (verb: string, systemUser: string): Exporter => ({
  program: `hotline ${verb} ${programVersion()}`,
  systemUser,
});

export const byConsole = (): Exporter => ({ program: `hotline 控制台 ${programVersion()}` });

/** For covers. */
export const exporterInWords = ({ program, systemUser }: Exporter): string =>
  systemUser === undefined ? `登录的本人,${program}` : `操作系统的用户 ${systemUser},${program}`;
