// Writes members.json: what the language's own objects have, as Node.js knows them (ECMA-262, without symbols and without Annex B's accessors).
// To write it anew: node members.mjs
import { writeFileSync } from 'node:fs';
import vm from 'node:vm';

// In a realm of its own: Node's own additions to the global object are not the language's.
const owners = vm.runInNewContext(`
  const sections = {
    globalThis: ['19', globalThis], Object: ['20.1', Object], Function: ['20.2', Function], Boolean: ['20.3', Boolean], Error: ['20.5', Error],
    Number: ['21.1', Number], Math: ['21.3', Math], Date: ['21.4', Date], String: ['22.1', String], RegExp: ['22.2', RegExp], Array: ['23.1', Array],
    Map: ['24.1', Map], Set: ['24.2', Set], WeakMap: ['24.3', WeakMap], WeakSet: ['24.4', WeakSet], JSON: ['25.5', JSON],
    Symbol: ['20.4', Symbol], Promise: ['27.2', Promise], Reflect: ['28.1', Reflect], Proxy: ['28.2', Proxy],
  };
  const odd = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'constructor', 'toSource', '__proto__', '__defineGetter__',
    '__defineSetter__', '__lookupGetter__', '__lookupSetter__', 'console', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'globalThis', 'stackTraceLimit',
    'captureStackTrace', 'input', 'lastMatch', 'lastParen', 'leftContext', 'rightContext', 'compile', 'escape', 'unescape']);
  const names = object => Object.getOwnPropertyNames(object).filter(name => !odd.has(name) && !/^\\$/.test(name)).sort();
  const rows = [];
  for (const [name, [section, object]] of Object.entries(sections)) {
    const own = names(object).filter(one => name !== 'globalThis' || !Object.keys(sections).includes(one));
    if (own.length) rows.push({ owner: name, section, members: own });
    if (object.prototype) rows.push({ owner: name + '.prototype', section, members: names(object.prototype) });
  }
  JSON.stringify(rows, null, 1);
`);
writeFileSync(new URL('members.json', import.meta.url), owners + '\n');
