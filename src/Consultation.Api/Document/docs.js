// Shows the description of the API. Nothing is fetched from elsewhere: no fonts, no proxy, no remote services.
(() => {
  'use strict';
  const place = document.getElementById('api-docs');
  window.Scalar.createApiReference(place, {
    url: place.dataset.document,
    withDefaultFonts: false,
    telemetry: false,
    hideClientButton: true,
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: 'never',
    servers: [{ url: new URL('../../..', new URL(place.dataset.document, document.baseURI)).href.replace(/\/$/, '') }],
  });
})();
