/** How the trail and every table name a person who acts: `王芳（wangfang）`. */

export const actorName = ({ name, login }: { readonly name: string; readonly login: string }): string =>
  `${name}${actorEnding(login)}`;

/** What the name of everybody with this login ends with. */
export const actorEnding = (login: string): string => `（${login}）`;

/** @returns undefined if the actor is no person with an account: a system, a caller, someone of another program */
export const loginIn = (actor: string): string | undefined => /（([^（）]+)）$/.exec(actor)?.[1];
