/** The screens, in the order of the navigation. */
interface Screen {
  readonly path: string;
  readonly title: string;
  /** A picture's path in a field of 24 × 24. */
  readonly icon: string;
}

export interface ScreenGroup {
  readonly title: string;
  readonly screens: readonly Screen[];
}

export const groups: readonly ScreenGroup[] = [
  {
    title: '办理',
    screens: [
      { path: '/worklist', title: '待办工单', icon: 'M4 6h10M4 12h10M4 18h7M17 16l2 2 4-5' },
      {
        path: '/intake',
        title: '受理登记',
        icon: 'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1',
      },
      { path: '/orders', title: '全部工单', icon: 'M5 4h14v16H5zM8 9h8M8 13h8M8 17h5' },
    ],
  },
  {
    title: '监督',
    screens: [{ path: '/board', title: '督办看板', icon: 'M4 4h4v16H4zM10 4h4v10h-4zM16 4h4v13h-4z' }],
  },
];
