/** The verified identity behind an export, besides the name that the requester gave. */
import { programVersion } from '../../kernel/program-version.js';

export interface Exporter {
  /** Name and version of the program, the same on every machine. */
  readonly program: string;
  /** The operating system's user, set for a command. In the console the requester has signed in. */
  readonly systemUser?: string;
}

/** @param verb the command without `hotline`: `trail export` */
export const byCommand = (verb: string, systemUser: string): Exporter => ({
  program: `hotline ${verb} ${programVersion()}`,
  systemUser,
});

export const byConsole = (): Exporter => ({ program: `hotline 控制台 ${programVersion()}` });

/** The exporter in words, for covers. */
export const exporterInWords = ({ program, systemUser }: Exporter): string =>
  systemUser === undefined ? `登录的本人，${program}` : `操作系统的用户 ${systemUser}，${program}`;
