/** The law that this page cites. The program wrote it into the page, and it stays for the page's life. */
import * as kindsIn from '../../kernel/kinds.js';
import * as lawIn from '../../kernel/law.js';
import { lawElement } from '../../http/contract/law-of-page.js';

export type { ForeignLanguage, Law } from '../../kernel/law.js';

let known: lawIn.Law | undefined;

/** Sets the law in a thread or a test, which has no page. */
export function useLaw(law: lawIn.Law): void {
  known = law;
}

export const law = (): lawIn.Law => (known ??= readLaw());

/** Undefined in threads and tests. */
interface Host {
  readonly document?: { getElementById(id: string): { readonly textContent: string | null } | null };
}

function readLaw(): lawIn.Law {
  const { document } = globalThis as unknown as Host;
  const text = document?.getElementById(lawElement)?.textContent;
  if (!text) throw new Error('the page carries no law');
  // What only the program computes with is not in the page.
  const told = JSON.parse(text) as Omit<lawIn.Law, 'legalBases' | 'limits' | 'forbids' | 'claims'>;
  return { legalBases: [], limits: {}, forbids: [], claims: [], ...told };
}

export const lawOf = (purpose: lawIn.Purpose): string => lawIn.lawOf(purpose, law());
export const provisionFor = (purpose: lawIn.Purpose): string => lawIn.provisionFor(purpose, law());
/** Several purposes in brackets, an article once. */
export const inBracketsFor = (...purposes: readonly lawIn.Purpose[]): string =>
  lawIn.inBrackets([...new Set(purposes.map(lawOf).filter((cited) => cited !== ''))].join('、'));
export const has = (part: lawIn.Part): boolean => lawIn.hasPart(part, law());
export { inBrackets } from '../../kernel/law.js';
export const normFor = (checked: Parameters<typeof lawIn.normFor>[0]): string =>
  lawIn.normFor(checked, law());
export const lightTitle = (light: 'yellow' | 'red'): string => lawIn.lightTitle(light, law());
export const methodNeedsApproval = (): boolean => lawIn.methodNeedsApproval(law());
export const sheetTitle = (): string => lawIn.sheetTitle(law());
export const districtTitle = (): string => lawIn.districtTitle(law());
export const governmentTitle = (): string => lawIn.governmentTitle(law());
export const hotlineTitle = (): string => lawIn.hotlineTitle(law());
export const hotlineName = (): string => lawIn.hotlineName(law());
export const callerTitle = (): string => lawIn.callerTitle(law());
export const lawTitle = (): string => lawIn.lawTitle(law());

export const kinds = (): readonly lawIn.RequestKind[] => law().kinds;
export const channels = (): readonly lawIn.RequestChannel[] => law().channels;
export const unitKinds = (): readonly lawIn.UnitKind[] => law().unitKinds;
export const procedures = (): lawIn.Law['intake']['procedures'] => law().intake.procedures;
export const kindName = (key: string): string => kindsIn.kindName(key, law());
export const channelName = (key: string): string => kindsIn.channelName(key, law());
export const usualKind = (): string => kindsIn.usualKind(law());
export const channelBy = (way: lawIn.Way): string => kindsIn.channelBy(way, law());
export const mayAccuse = (kind: string): boolean => kindsIn.mayAccuse(kind, law());
export const alwaysAccuses = (kind: string): boolean => kindsIn.alwaysAccuses(kind, law());
export const waysOutFor = (kind: string): lawIn.Law['intake']['waysOut'] => kindsIn.waysOutFor(kind, law());
export const asksOf = (way: string): lawIn.WayAsks | undefined => kindsIn.asksOf(way, law());
export const wayAsking = (asks: lawIn.WayAsks): string | undefined => kindsIn.wayAsking(asks, law());
