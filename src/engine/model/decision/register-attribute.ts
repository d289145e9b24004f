/** Our one extension of DMN, `duty:register` on a column; `dmn-moddle` uses it on the server and in the editor. */
export const registerAttribute = {
  name: 'Decision duty',
  prefix: 'duty',
  uri: 'urn:hotline-12345:duty:1',
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  types: [
    {
      name: 'Listed',
      extends: ['dmn:InputClause', 'dmn:OutputClause'],
      properties: [{ name: 'register', isAttr: true, type: 'String' }],
    },
  ],
} as const;
