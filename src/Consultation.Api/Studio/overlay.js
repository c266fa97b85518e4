// Puts the designer's remaining English texts into Chinese, from a dictionary, without touching the designer: text nodes, titles, labels and
// placeholders are looked up whole; code editors and what people typed are left alone.
(() => {
  'use strict';
  const page = document.getElementById('studio');
  if (page.dataset.language === 'en') return;
  const skipped = '.monaco-editor, .monaco-aria-container, [style*="-10000px"], script, style, textarea, [contenteditable]';
  const attributes = ['title', 'placeholder', 'aria-label', 'label'];
  const seenUnknown = new Set();
  window.studioUntranslated = seenUnknown;

  fetch(page.dataset.texts).then(answer => answer.json()).then(texts => {
    const exact = new Map();
    const patterns = [];
    for (const [english, chinese] of Object.entries(texts)) {
      if (!english.includes('{0}')) { exact.set(english.toLowerCase(), chinese); continue; }
      const source = english.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\d)\}/g, '(.+?)');
      patterns.push([new RegExp(`^${source}$`, 'i'), chinese]);
    }

    const translate = given => {
      // What the canvas draws has hard spaces.
      const text = given.replaceAll('\u00a0', ' ');
      const trimmed = text.trim();
      if (!/[A-Za-z]{2}/.test(trimmed)) return null;
      // An English sentence may have a Chinese name in it.
      const isPartlyChinese = /[\u4e00-\u9fff]/.test(trimmed);
      if (!isPartlyChinese) {
        const known = exact.get(trimmed.toLowerCase()) ?? exact.get(trimmed.replace(/\s*[*:]$/, '').toLowerCase());
        if (known) return text.replace(trimmed, known);
        // A box of the canvas lists several words with dots between them.
        const words = trimmed.split(/\s+[·•・∙‧]\s+/).map(word => exact.get(word.toLowerCase()));
        if (words.length > 1 && words.every(Boolean)) return words.join(' · ');
      }

      for (const [pattern, chinese] of patterns) {
        const match = pattern.exec(trimmed);
        if (match) return text.replace(trimmed, chinese.replace(/\{(\d)\}/g, (_, n) => match[Number(n) + 1]));
      }
      if (!isPartlyChinese) seenUnknown.add(trimmed);
      return null;
    };

    const visit = node => {
      if (node.nodeType === Node.TEXT_NODE) {
        if (node.parentElement?.closest(skipped)) return;
        const chinese = translate(node.data);
        if (chinese !== null && chinese !== node.data) node.data = chinese;
        return;
      }
      if (node.nodeType !== Node.ELEMENT_NODE || node.closest(skipped)) return;
      for (const name of attributes) {
        const value = node.getAttribute(name);
        const chinese = value && translate(value);
        if (chinese && chinese !== value) node.setAttribute(name, chinese);
      }
      node.childNodes.forEach(visit);
    };

    new MutationObserver(records => {
      for (const record of records) {
        if (record.type === 'childList') record.addedNodes.forEach(visit);
        else visit(record.target);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes });
    visit(document.body);
  });
})();
