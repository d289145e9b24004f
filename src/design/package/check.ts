/** Finds in a city's package what is missing or contradictory, in an officer's words. */
import { everyCitysProcesses, intakeForm, shippedFiles, shippedProcesses } from '../../cases/index.js';
import { shippedCheckContext } from '../checking/index.js';
import { checkSource } from '../compliance/index.js';
import {
  annotate,
  definitionOf,
  isDecisionXml,
  parseDiagram,
  type ParsedDiagram,
} from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { firstDay, packageManifest, packageText, partsReference } from '../../kernel/package-content.js';
import { reasonOf } from '../../kernel/reason-of.js';
import {
  coverageOf,
  shippedCatalogue,
  shippedConflicts,
  shippedLaw,
  shippedScenarios,
} from '../../law/regulation/index.js';
import { readScenarios, scenarioReport, shippedStage, type Stage } from '../rehearsal/index.js';
import type { PackageFinding } from './finding.js';
import { future, lint, sendable } from './lint/index.js';
import { manifestFindings } from './manifest.js';
import { partsOfCity } from './parts.js';
import { programFieldsAsked } from './program-fields.js';
import { purposesAsked } from './purposes-asked.js';
import { sheetOptions, unservedWays } from './sheet-options.js';
import { unknownNames } from './unknown-names.js';

export interface PackageReport {
  /** Title and version of the regulation; undefined if it cannot be read. */
  readonly regulation: string | undefined;
  readonly diagrams: number;
  readonly scenarios: number;
  readonly findings: readonly PackageFinding[];
  /** Recommendations that the city's rules do not reach: no fault, but named. */
  readonly differences: readonly string[];
}

/**
 * Checks the package that the program would run on (`HOTLINE_PACKAGE`). Parts that depend on an
 * unreadable part are skipped.
 *
 * @param today whose law applies: `YYYY-MM-DD` in Asia/Shanghai
 */
export async function checkPackage(today: string): Promise<PackageReport> {
  // A package whose law is to come is held to that law, and its diagrams will be in force then.
  const day = packageManifest().follows && firstDay() > today ? firstDay() : today;
  const unreadable = await unreadableParts(day);
  const { sources, findings: missing } = await diagrams();
  const found = [...unreadable, ...missing];
  if (found.length > 0)
    return {
      regulation: found.some(({ where }) => where.startsWith('regulation/catalogue'))
        ? undefined
        : titled(day),
      diagrams: sources.size,
      scenarios: 0,
      findings: found,
      differences: [],
    };
  const catalogue = shippedCatalogue(day);
  const { version } = catalogue;
  const scenarios = await readScenarios();
  const files = shippedFiles();
  const [drawn, linted] = [await faultsOf(files, day), await lint(sources, day)];
  const stage = await shippedStage(
    files.map(({ source }) => source),
    shippedLaw(day),
  );
  return {
    regulation: titled(day),
    diagrams: sources.size,
    scenarios: scenarios.length,
    differences: shippedConflicts(catalogue, day).map(({ sentence }) => sentence),
    findings: [
      ...manifestFindings(),
      ...unknownNames(day),
      ...(await purposesAsked(
        sources,
        shippedLaw(day),
        `regulation/catalogue/${version.version}/purposes.json`,
      )),
      ...(await programFieldsAsked(sources)),
      ...(await optionsUnlike(sources.get('acceptance'), day)),
      ...drawn,
      ...(await gaps([...sources.values()], day)),
      ...linted,
      ...(await future(day, [...drawn, ...linted], async (on) => [
        ...(await faultsOf(files, on)),
        ...(await lint(sources, on)),
      ])),
      ...sendable(stage, shippedLaw(day), new Date(`${day}T09:00:00+08:00`)),
      ...(await failures(stage)),
    ],
  };
}

function titled(day: string): string {
  const { title, version } = shippedCatalogue(day).version;
  return `《${title}》${version} 版`;
}

async function unreadableParts(day: string): Promise<PackageFinding[]> {
  const found: PackageFinding[] = [];
  for (const { file, title, read } of partsOfCity()) {
    try {
      await read(day);
    } catch (cause) {
      const what = `${title}读不出来：${reasonOf(cause)}`;
      const { remedy, where = file } = cause instanceof Refusal ? cause : {};
      const fix = remedy ?? `照上面说的改；各项可以写什么见 ${partsReference}`;
      found.push({ severity: 'error', where: where.startsWith('regulation/') ? where : file, what, fix });
    }
  }
  return found;
}

async function diagrams(): Promise<{
  readonly sources: ReadonlyMap<string, string>;
  readonly findings: readonly PackageFinding[];
}> {
  const sources = new Map<string, string>();
  const findings: PackageFinding[] = [];
  for (const key of shippedProcesses()) {
    const where = `processes/${key}.bpmn`;
    try {
      const source = packageText(where);
      const own = definitionOf(await parseDiagram(source)).key;
      if (own !== key) throw new Error(`里面是流程 ${own}`);
      sources.set(key, source);
    } catch (cause) {
      const what = `流程图 ${key} 读不出来：${reasonOf(cause)}`;
      findings.push({
        severity: 'error',
        where,
        what,
        fix:
          (cause instanceof Refusal ? cause.remedy : undefined) ??
          `流程图至少要有 ${everyCitysProcesses.join('、')}`,
      });
    }
  }
  return { sources, findings };
}

type Files = ReturnType<typeof shippedFiles>;

async function faultsOf(files: Files, day: string): Promise<PackageFinding[]> {
  const context = shippedCheckContext(day);
  const found: PackageFinding[] = [];
  for (const { key, source } of files) {
    const { findings } = await checkSource(source, context);
    for (const { severity, element, message, fix } of findings)
      found.push({
        ...{ severity, what: message, fix },
        where: `processes/${key}.${isDecisionXml(source) ? 'dmn' : 'bpmn'} ${element}`,
      });
  }
  return found;
}

const optionsUnlike = async (acceptance: string | undefined, day: string): Promise<PackageFinding[]> =>
  acceptance === undefined ? [] : acceptanceFaults(await parseDiagram(acceptance), shippedLaw(day), day);

function acceptanceFaults(diagram: ParsedDiagram, law: Law, day: string): PackageFinding[] {
  const acceptance = { definition: definitionOf(diagram), annotations: annotate(diagram, 'acceptance') };
  const form = intakeForm(acceptance, law, new Date(`${day}T00:00:00+08:00`));
  return [...unservedWays(form, law), ...sheetOptions(acceptance.annotations, law)];
}

async function gaps(sources: readonly string[], day: string): Promise<PackageFinding[]> {
  const definitions = await Promise.all(
    sources.map(async (source) => definitionOf(await parseDiagram(source))),
  );
  const { holes } = coverageOf(shippedCatalogue(day), definitions, shippedScenarios());
  return holes.map(({ norm, process, element, sentence }) => ({
    severity: 'warning',
    where: [process ? `processes/${process}.bpmn` : 'regulation/catalogue', element ?? norm ?? '']
      .join(' ')
      .trim(),
    what: sentence,
    fix: '画上、写上，或者在条例目录里写明由谁在流程以外履行',
  }));
}

async function failures(stage: Stage): Promise<PackageFinding[]> {
  const { failed } = await scenarioReport(stage, await readScenarios());
  return failed.map(({ name, title, failures: wrong }) => ({
    severity: 'error',
    where: `processes/scenarios/${name}.json`,
    what: `情景“${title}”不成立：${wrong.slice(0, 3).join('；')}`,
    fix: '改流程图、条例目录，或者情景本身写错了的改情景',
  }));
}
