import { runWitness } from '../../../verifier/witness-server.mjs';
import { Refusal } from '../../kernel/refusal.js';

/** Runs the witness of the `verifier/` folder. */
export async function witness(parameters: readonly string[]): Promise<void> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    process.exitCode = await runWitness(parameters, say);
  } catch (cause) {
    throw new Refusal('trail.witness', `见证人不能运行：${String((cause as Error).message)}`, {
      remedy: '核对目录，首次使用先执行 hotline trail witness init',
      cause,
    });
  }
}
