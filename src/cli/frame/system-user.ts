import { userInfo } from 'node:os';

/** Name of the operating system's user that runs the command; the user's number if it has no name. */
export function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
