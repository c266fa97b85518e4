// Starts the designer inside the desk's frame: language, request headers, the element that the page asks for, and the way between pages.
(() => {
  'use strict';
  const page = document.getElementById('studio');
  const { element, id, language, token, definitions, instances } = page.dataset;
  localStorage.setItem('BlazorCulture', language === 'en' ? 'en-US' : 'zh-CN');

  // Every request to the API carries the page's language and, when it changes something, the page's anti-forgery token.
  const api = new URL('elsa/', new URL('..', document.baseURI)).href;
  const send = window.fetch;
  window.fetch = async (input, init = {}) => {
    const url = new URL(typeof input === 'string' ? input : input.url ?? input.href, document.baseURI).href;
    if (!url.startsWith(api)) return send(input, init);
    const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set('Accept-Language', language);
    headers.set('X-Antiforgery', token);
    const answer = await send(input, { ...init, headers });
    const started = answer.headers.get('x-elsa-workflow-instance-id');
    if (started && url.includes('/execute')) announce(started);
    if (answer.status === 401) location.reload();
    return answer;
  };

  function announce(instance) {
    const bar = document.getElementById('studio-started');
    bar.querySelector('a').href = `${instances}/${instance}`;
    bar.hidden = false;
  }

  customElements.whenDefined(element).then(() => {
    const node = document.createElement(element);
    node.setAttribute('remote-endpoint', api + 'api');
    if (id) node.setAttribute(element.includes('instance') ? 'instance-id' : 'definition-id', id);
    node.editWorkflowDefinition = definition => { location.href = `${definitions}/${definition}/edit`; };
    node.viewWorkflowInstance = instance => { location.href = `${instances}/${instance}`; };
    page.append(node);
  });
})();
