import { withFragments } from '../../kernel/package-content.js';

/** A diagram as it was read, or, if it has fragments, as text with them expanded. @throws {Refusal} `package.invalid` */
export function wholeIn(bytes: Buffer, path: string): Buffer | string {
  const text = bytes.toString('utf8');
  const whole = withFragments(text, path);
  return whole === text ? bytes : whole;
}
