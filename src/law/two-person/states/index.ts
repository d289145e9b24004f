/** States of a proposal that is ruled on once, in Chinese; also read by browsers. */
export const proposalStates = {
  proposed: '待决定',
  approved: '已批准',
  rejected: '已否决',
  withdrawn: '已撤回',
} as const;
