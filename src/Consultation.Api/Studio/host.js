// Starts the designer inside the desk's frame: language, request headers, the element that the page asks for, and the way between pages.
(() => {
  'use strict';
  const page = document.getElementById('studio');
  const { element, id, language, token, definitions, instances } = page.dataset;
  localStorage.setItem('BlazorCulture', language === 'en' ? 'en-US' : 'zh-CN');

  const api = new URL('elsa/', new URL('..', document.baseURI)).href;
  const definitionsApi = api + 'api/workflow-definitions';
  const instanceApi = `${api}api/workflow-instances/${encodeURIComponent(id)}`;
  const send = window.fetch;

  // The state of the definition that this page was built from. A save names it, so that it cannot overwrite what somebody else saved meanwhile.
  // Saves go one after the other: each names the state that the one before left behind.
  let seen = null;
  let saving = Promise.resolve();

  // Every request to the API carries the page's language and, when it changes something, the page's anti-forgery token.
  const call = async (input, init, url, method) => {
    const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set('Accept-Language', language);
    headers.set('X-Antiforgery', token);
    if (seen && isSave(url, method)) headers.set('If-Match', seen);
    const answer = await send(input, { ...init, headers });
    note(answer, url, method);
    return answer;
  };

  const isSave = (url, method) =>
    element === 'elsa-workflow-definition-editor' && method === 'POST' && (url === definitionsApi || url === definitionsApi + '/import');

  function note(answer, url, method) {
    const state = answer.headers.get('ETag');
    if (answer.ok && url.startsWith(definitionsApi + '/') && /\/(retract|revert\/\d+|publish)$/.test(url)) seen = null;
    if (state && isSave(url, method)) seen = state; // A refused publication is saved all the same.
    if (answer.ok && state && (url.includes('/by-definition-id/') || url.includes('/by-id/'))) seen = state;
    const started = answer.headers.get('x-elsa-workflow-instance-id');
    if (started && url.includes('/execute')) announce(started);
    if (answer.status === 401) location.reload();
    if (method !== 'GET') noteRefusal(answer, url);
    if (answer.ok && url === instanceApi) noteIncidents(answer);
  }

  // The designer shows some refusals itself; at others it only reports that it met a problem. Then the page says what the host said.
  let refused = [];
  const problem = document.getElementById('blazor-error-ui');
  const notice = document.getElementById('studio-refused');
  notice.querySelector('button').addEventListener('click', () => { notice.hidden = true; });
  new MutationObserver(explain).observe(problem, { attributes: true, attributeFilter: ['style'] });

  function explain() {
    if (refused.length === 0 || problem.style.display !== 'block') return;
    problem.style.display = 'none';
    say(refused);
    refused = [];
  }

  function say(texts) {
    notice.querySelector('p').textContent = texts.join('\n');
    notice.hidden = false;
  }

  const textsOf = said => said.errors ? Object.values(said.errors).flat() : [said.message].filter(Boolean);

  async function noteRefusal(answer, url) {
    const isBulkPublish = answer.ok && url.includes('/bulk-actions/publish/');
    if (answer.ok && !isBulkPublish) {
      refused = [];
      return;
    }
    if (answer.status >= 500) return;
    const said = await answer.clone().json().catch(() => ({}));
    if (isBulkPublish && said.refused?.length) say(said.refused);
    if (isBulkPublish) return;
    refused = textsOf(said);
    // At an import of instances the designer says nothing at all.
    if (url.endsWith('/bulk-actions/import/workflow-instances')) say(refused);
    setTimeout(() => { refused = []; }, 5000);
    explain();
  }

  // An instance that stands at an incident can be retried from here; the designer itself offers no retry.
  const retry = document.getElementById('studio-retry');
  async function noteIncidents(answer) {
    const { workflowState } = await answer.clone().json();
    if (retry) retry.hidden = !(workflowState?.incidents?.length && workflowState.subStatus === 'Faulted');
  }
  retry?.addEventListener('click', async () => {
    retry.disabled = true;
    const answer = await window.fetch(`${api}api/retry/workflow-instances/${encodeURIComponent(id)}`, { method: 'POST' });
    if (answer.ok) location.reload();
    else say(textsOf(await answer.json()));
    retry.disabled = false;
  });

  window.fetch = (input, init = {}) => {
    const url = new URL(typeof input === 'string' ? input : input.url ?? input.href, document.baseURI).href;
    if (!url.startsWith(api)) return send(input, init);
    const method = (init.method ?? input.method ?? 'GET').toUpperCase();
    if (!isSave(url, method)) return call(input, init, url, method);
    const saved = saving.then(() => call(input, init, url, method));
    saving = saved.catch(() => undefined);
    return saved;
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
