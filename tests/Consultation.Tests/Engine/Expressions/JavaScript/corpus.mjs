// Fills the expected column of corpus.json with what Node.js makes of each source.
// To add rows, append [source, null] and run: TZ=Asia/Shanghai node corpus.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import vm from 'node:vm';

const file = new URL('corpus.json', import.meta.url);
const rows = JSON.parse(readFileSync(file, 'utf8'));

const kind = value => Object.prototype.toString.call(value).slice(8, -1);

function run(source) {
  try {
    new vm.Script('"use strict";' + source);
  } catch (error) {
    if (!/return/.test(error.message)) return { error: 'SyntaxError' };
    try {
      return new Function('"use strict";' + source)();
    } catch (failed) {
      return { error: failed?.name ?? String(failed) };
    }
  }
  try {
    // An empty source keeps the value of the directive; undefined takes its place.
    return vm.runInNewContext('"use strict";void 0;' + source);
  } catch (failed) {
    return { error: failed?.name ?? String(failed) };
  }
}

const lines = rows.map(([source]) => {
  const value = run(source);
  const plain = kind(value) === 'Map' ? Object.fromEntries(value) : kind(value) === 'Set' ? [...value] : value;
  return JSON.stringify([source, JSON.parse(JSON.stringify(plain === undefined ? null : plain) ?? 'null')]);
});
writeFileSync(file, '[\n' + lines.join(',\n') + '\n]\n');
