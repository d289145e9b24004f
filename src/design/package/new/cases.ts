/** By what a limit can differ from case to case: choices of the base's intake form that are facts of a deed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../kernel/package-root.js';
import type { Acts } from './acts.js';

export interface LimitCase {
  readonly deed: string;
  readonly fact: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** The diagram of the base is fitted to a law only once there is one, so its text is read as it stands. */
export function limitCases({ extends: base, given }: Acts): LimitCase[] {
  const folder = join(packageRoot, 'packages', base.split('@')[0] ?? '');
  const diagram = readFileSync(join(folder, 'processes', `${given.process}.bpmn`), 'utf8');
  const found = matches(diagram, /<bpmn:userTask [\s\S]*?<\/bpmn:userTask>/g).flatMap(([task]) => {
    const fields = matches(
      task,
      /<duty:field key="(\w+)" label="([^"]*)"(?:[^>]*[^/])?>([\s\S]*?)<\/duty:field>/g,
    );
    const deeds = matches(task, /<duty:deed name="([^"]+)"(?:[^>]*[^/])?>([\s\S]*?)<\/duty:deed>/g);
    return deeds.flatMap(([, deed = '', facts = '']) =>
      matches(facts, /<duty:fact name="(\w+)"(?: value="= (\w+)")?\/>/g).flatMap(
        ([, fact = '', field = fact]) =>
          fields
            .filter(([, key]) => key === field)
            .map(([, , label = '', options = '']) => ({
              ...{ deed, fact, label },
              options: matches(options, /<duty:option value="([^"]+)" label="([^"]+)"/g).map(
                ([, value = '', name = '']) => ({ value, label: name }),
              ),
            })),
      ),
    );
  });
  return found.filter(({ options }) => options.length > 0);
}

const matches = (text: string, pattern: RegExp): RegExpExecArray[] => [...text.matchAll(pattern)];
