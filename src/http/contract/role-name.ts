export * from '../../kernel/role-name.js';
