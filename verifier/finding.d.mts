/** @param attack a kind of `attacks` */
export class Finding extends Error {
  constructor(attack: string, detail: string);
  readonly attack: string;
}
