import { userInfo } from 'node:os';

/** The operating system's user that runs the command; its number where it has no name. */
export function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
