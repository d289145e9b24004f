/* No validator badge: it would send the document to an outside server. */
window.SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#viewer',
  validatorUrl: null,
  deepLinking: true,
  // Sections are opened one by one: if more than some 130 operations are drawn at once, the viewer
  // gives up after the first groups.
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
});
