/** The screens in order of navigation, with their roles. */
import { law } from '../law/page-law.js';
import { hasPart, partTitles, type Part } from '../../kernel/law.js';
import { hasOnlyOwnRoles, hasOwnRole, hasRole } from './session.js';

export interface Screen {
  readonly path: string;
  readonly title: string;
  /** SVG path in a 24 × 24 viewbox. */
  readonly icon: string;
  /** Any of these roles; default: everyone. */
  readonly roles?: readonly string[];
}

interface ScreenGroup {
  readonly title: string;
  readonly screens: readonly Screen[];
}

const work = ['intake', 'handler', 'reviewer', 'supervisor', 'assessor', 'inspector'];
const sight = [...work, 'auditor'];

const administrators = ['system-admin', 'security-admin', 'audit-admin'];

/** Roles that may see and retry stuck firings. */
export const incidentRoles = ['supervisor', 'compliance-editor', 'compliance-approver', 'system-admin'];

const groups: readonly ScreenGroup[] = [
  {
    title: '办理',
    screens: [
      { path: '/worklist', title: '待办工单', icon: 'M4 6h10M4 12h10M4 18h7M17 16l2 2 4-5', roles: work },
      {
        path: '/intake',
        title: '受理登记',
        icon: 'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1',
        roles: ['intake'],
      },
      {
        path: '/inbox',
        title: '收件箱',
        icon: 'M4 13l2-8h12l2 8v6H4zM4 13h5l1 3h4l1-3h5',
        roles: [...sight, 'security-admin'],
      },
      { path: '/orders', title: '全部工单', icon: 'M5 4h14v16H5zM8 9h8M8 13h8M8 17h5', roles: sight },
    ],
  },
  {
    title: '监督',
    screens: [
      {
        path: '/board',
        title: '督办看板',
        icon: 'M4 4h4v16H4zM10 4h4v10h-4zM16 4h4v13h-4z',
        roles: ['intake', 'reviewer', 'supervisor', 'assessor', 'inspector', 'auditor'],
      },
      {
        path: '/warnings',
        title: '预警热点',
        icon: 'M12 4l9 16H3zM12 10v5M12 17v1',
        roles: sight,
      },
      {
        path: '/shared-data',
        title: '共享数据',
        icon: 'M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z',
        roles: sight,
      },
      {
        path: '/monitor',
        title: '流程监控',
        icon: 'M3 5h6v5H3zM15 14h6v5h-6zM9 7h6a3 3 0 0 1 3 3v4',
        roles: ['supervisor', 'assessor', 'inspector', 'auditor'],
      },
      { path: '/duties', title: '违反的义务', icon: 'M12 4l9 16H3zM12 10v4M12 17v.5', roles: sight },
      {
        path: '/accountability',
        title: '问责',
        icon: 'M12 3v18M6 21h12M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z',
        roles: ['inspector', 'supervisor', 'auditor'],
      },
      {
        path: '/trail',
        title: '审计轨迹',
        icon: 'M6 4v16M6 7h12M6 12h9M6 17h11',
        roles: ['auditor', 'inspector'],
      },
      {
        path: '/radar',
        title: '线索',
        icon: 'M12 12l6-6M12 3a9 9 0 1 0 9 9M12 8a4 4 0 1 0 4 4',
        roles: ['auditor', 'handler', 'supervisor'],
      },
      {
        path: '/personal-data-reads',
        title: '查看记录',
        icon: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6',
        roles: ['auditor', 'audit-admin'],
      },
      {
        path: '/account-journal',
        title: '帐号记录',
        icon: 'M5 4h14v16H5zM8 8h8M8 12h4M8 16h6M16 14l2 2-2 2',
        roles: ['audit-admin'],
      },
      {
        path: '/assessment',
        title: '考核',
        icon: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
        roles: ['handler', 'reviewer', 'supervisor', 'assessor', 'inspector', 'auditor'],
      },
    ],
  },
  {
    title: '规则',
    screens: [
      {
        path: '/designer',
        title: '流程设计',
        icon: 'M3 4h7v5H3zM14 15h7v5h-7zM6.5 9v6a2 2 0 0 0 2 2H14M15 8l4-4 2 2-4 4h-2z',
        roles: ['compliance-editor', 'compliance-approver'],
      },
      {
        path: '/regulation',
        title: '条例',
        icon: 'M12 6a4 4 0 0 0-4-2H3v14h6a3 3 0 0 1 3 2 3 3 0 0 1 3-2h6V4h-5a4 4 0 0 0-4 2zM12 6v14',
        roles: [...sight, 'compliance-editor', 'compliance-approver'],
      },
      {
        path: '/new-cities',
        title: '新城市',
        icon: 'M4 20V9l6-4v15M10 20V11h10v9M13 14h1M16 14h1M13 17h1M16 17h1M7 11v1M7 15v1',
        roles: ['compliance-editor'],
      },
      {
        path: '/takeover',
        title: '接替旧系统',
        icon: 'M4 5h7v14H4zM14 8l4 4-4 4M11 12h7',
        roles: ['compliance-editor', 'compliance-approver', 'auditor'],
      },
      { path: '/calendar', title: '工作日历', icon: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4' },
      { path: '/policies', title: '政策', icon: 'M12 3v18M5 7h14M5 7l-2 6h5zM19 7l-3 6h5z' },
    ],
  },
  {
    title: '管理',
    screens: [
      {
        path: '/classification',
        title: '诉求分类',
        icon: 'M5 4h5v4H5zM14 10h5v4h-5zM14 17h5v4h-5zM7.5 8v11H14M7.5 12H14',
        roles: [...sight, 'compliance-editor', 'compliance-approver'],
      },
      {
        path: '/other-channels',
        title: '其他渠道',
        icon: 'M4 12h6l4-6h6M10 12l4 6h6M17 3l3 3-3 3M17 15l3 3-3 3',
        roles: ['supervisor', 'compliance-editor', 'compliance-approver'],
      },
      { path: '/knowledge', title: '知识库', icon: 'M5 4h11l3 3v13H5zM9 9h6M9 13h6M9 17h4', roles: sight },
      {
        path: '/people',
        title: '人员与单位',
        icon: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20v-2a5 5 0 0 1 5-5h2a5 5 0 0 1 5 5v2M16 4.5a3.5 3.5 0 0 1 0 6M18 13.5a5 5 0 0 1 3 4.5v2',
        roles: administrators,
      },
      {
        path: '/systems',
        title: '其他系统',
        icon: 'M4 5h7v6H4zM13 13h7v6h-7zM11 8h3a3 3 0 0 1 3 3v2M7 11v3a3 3 0 0 0 3 3h3',
        roles: administrators,
      },
    ],
  },
  {
    title: '系统',
    screens: [
      { path: '/status', title: '运行状况', icon: 'M3 12h4l3-7 4 14 3-7h4' },
      {
        path: '/incidents',
        title: '异常处置',
        icon: 'M12 4l9 16H3zM9 11l6 6M15 11l-6 6',
        roles: incidentRoles,
      },
      {
        path: '/sources',
        title: '诉求来源',
        icon: 'M4 13h4l2 3h4l2-3h4M4 13V6h16v7v5H4zM12 3v6M9 7l3 3 3-3',
        roles: ['intake', 'system-admin'],
      },
      {
        path: '/channels',
        title: '通知渠道',
        icon: 'M4 6h16v12H4zM4 7l8 6 8-6',
        roles: ['system-admin'],
      },
    ],
  },
];

/** By the first part of the path: what the city must have for the screen to be there. */
const needed: { readonly [path: string]: Part } = {
  accountability: 'accountability',
  assessment: 'assessment',
  knowledge: 'knowledge',
  publications: 'assessment',
  'shared-data': 'shared-data',
  warnings: 'early-warning',
};

export function isInCity(path: string): boolean {
  const part = needed[path.split('/')[1] ?? ''];
  return part === undefined || hasPart(part, law());
}

/** The board is of supervision only where there is one. */
export const titleHere = (title: string): string =>
  hasPart('supervision', law()) ? title : title.replace(partTitles.supervision, '');

/** What a role of the package's own needs for its tasks. */
const forOwnRoles = ['/worklist', '/inbox'];

const isTheirs = ({ path, roles }: Screen): boolean =>
  isInCity(path) &&
  ((hasOwnRole() && forOwnRoles.includes(path)) ||
    (roles === undefined ? !hasOnlyOwnRoles() : roles.some(hasRole)));

export const groupsOfMine = (): readonly ScreenGroup[] =>
  groups
    .map((group) => ({
      ...group,
      screens: group.screens
        .filter(isTheirs)
        .map((screen) => ({ ...screen, title: titleHere(screen.title) })),
    }))
    .filter(({ screens }) => screens.length > 0);

/** What each role opens every day, at most seven; the rest is under 更多 and Ctrl K. */
const daily: { readonly [role: string]: readonly string[] } = {
  intake: ['/worklist', '/intake', '/inbox', '/orders', '/board', '/warnings', '/sources'],
  handler: ['/worklist', '/inbox', '/orders', '/warnings', '/duties', '/assessment', '/knowledge'],
  reviewer: ['/worklist', '/inbox', '/orders', '/board', '/warnings', '/duties', '/assessment'],
  supervisor: ['/worklist', '/inbox', '/orders', '/board', '/warnings', '/duties', '/accountability'],
  assessor: ['/worklist', '/inbox', '/orders', '/board', '/warnings', '/duties', '/assessment'],
  inspector: ['/worklist', '/inbox', '/orders', '/board', '/duties', '/accountability', '/trail'],
  auditor: ['/inbox', '/orders', '/duties', '/accountability', '/trail', '/radar', '/personal-data-reads'],
  'compliance-editor': ['/designer', '/regulation', '/takeover', '/calendar', '/policies', '/classification'],
  'compliance-approver': ['/designer', '/regulation', '/takeover', '/calendar', '/policies', '/incidents'],
};
const mostDaily = 7;

/** The groups with what is daily, then with the rest; who has few screens has no rest. */
export function dailyAndRest(): readonly [readonly ScreenGroup[], readonly ScreenGroup[]] {
  const mine = groupsOfMine();
  const all = mine.flatMap(({ screens }) => screens);
  const known = all.filter(({ path }) =>
    Object.entries(daily).some(([role, paths]) => hasRole(role) && paths.includes(path)),
  );
  const first = new Set(all.length <= mostDaily + 1 || known.length === 0 ? all : known.slice(0, mostDaily));
  const only = (wanted: boolean): readonly ScreenGroup[] =>
    mine
      .map((group) => ({ ...group, screens: group.screens.filter((one) => first.has(one) === wanted) }))
      .filter(({ screens }) => screens.length > 0);
  return [only(true), only(false)];
}

/** Start page: the first screen of the user's roles. */
export const firstScreen = (): string => groupsOfMine()[0]?.screens[0]?.path ?? '/status';
