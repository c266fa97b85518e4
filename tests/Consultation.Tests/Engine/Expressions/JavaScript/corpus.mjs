// Fills the expected column of corpus.json with what Node.js makes of each source, in the language's ordinary (sloppy) mode.
// To add rows, append [source, null] and run: TZ=Asia/Shanghai node corpus.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import vm from 'node:vm';

const file = new URL('corpus.json', import.meta.url);
const rows = JSON.parse(readFileSync(file, 'utf8'));
const nothing = () => undefined;
const console_ = { log: nothing, info: nothing, warn: nothing, error: nothing, debug: nothing };

const kind = value => Object.prototype.toString.call(value).slice(8, -1);

// A date as a workflow keeps it, in universal time.
function instant(date) {
  const kept = date.getTime() >= -62135596800000 && date.getTime() <= 253402300799999;
  return kept ? date.toISOString().replace(/\.?0*Z$/, '+00:00') : null;
}

// The value as an expression gives it to a workflow: plain data.
function plain(value) {
  if (value === undefined || value === null || typeof value === 'symbol' || typeof value === 'function') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (typeof value !== 'object') return value;
  switch (kind(value)) {
    case 'Map': return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]));
    case 'Set': return [...value].map(plain);
    case 'Array': case 'Arguments': return Array.from(value, plain);
    case 'Date': return instant(value);
    case 'Number': case 'String': case 'Boolean': return plain(value.valueOf());
    case 'Error': case 'RegExp': return String(value);
  }
  if (typeof value[Symbol.iterator] === 'function' && typeof value.next === 'function') return [...value].map(plain);
  const entries = Object.keys(value).filter(key => typeof value[key] !== 'function').map(key => [key, plain(value[key])]);
  return Object.fromEntries(entries);
}

async function run(source) {
  const context = vm.createContext({ console: console_, structuredClone });
  const options = { timeout: 5000 };
  try {
    let value;
    try {
      value = vm.runInContext(source, context, options);
    } catch (failed) {
      // "return" ends an expression; in Node.js it stands in functions only.
      if (!/Illegal return/.test(failed?.message)) throw failed;
      value = vm.runInContext(`(function () {${source}\n})()`, context, options);
    }
    return plain(typeof value?.then === 'function' ? await value : value);
  } catch (failed) {
    return { error: failed?.name ?? String(failed) };
  }
}

const lines = [];
for (const [source] of rows) lines.push(JSON.stringify([source, JSON.parse(JSON.stringify(await run(source)) ?? 'null')]));
writeFileSync(file, '[\n' + lines.join(',\n') + '\n]\n');
