export const takeoverGroup = ['takeover', '接替别的系统:旧日志对照条例,旧历史归档'] as const;
