// What the evaluator lacks or writes otherwise than Node.js: Intl in Chinese and English, amounts of money,
// structuredClone, console. Run before a script that mentions one of them; zone is that of the run, dateText writes a
// date in the two languages.
(function (zone, dateText) {
  'use strict';
  const define = (owner, name, value) =>
    Object.defineProperty(owner, name, { value, writable: true, configurable: true });
  const DateTimeFormat = Intl.DateTimeFormat;
  const known = new WeakMap();
  const format = Object.getOwnPropertyDescriptor(DateTimeFormat.prototype, 'format').get;
  const resolved = DateTimeFormat.prototype.resolvedOptions;
  const timeNames = ['hour', 'minute', 'second'];
  const dateNames = ['weekday', 'year', 'month', 'day'];
  function Format(locales, options) {
    const made = Reflect.construct(DateTimeFormat, [locales, options], new.target ?? Format);
    const given = options ?? {};
    const asksFor = name => given[name] !== undefined;
    const timed = timeNames.some(asksFor) && !dateNames.some(asksFor);
    known.set(made, { locales, given, timed });
    return made;
  }
  define(Format, 'name', 'DateTimeFormat');
  define(Format, 'length', 0);
  Format.prototype = DateTimeFormat.prototype;
  define(Format, 'supportedLocalesOf', DateTimeFormat.supportedLocalesOf);
  define(DateTimeFormat.prototype, 'constructor', Format);
  Object.defineProperty(DateTimeFormat.prototype, 'format', { configurable: true, get() {
    const how = known.get(this);
    const otherwise = format.call(this);
    if (!how) return otherwise;
    return date => {
      const instant = date === undefined ? new Date() : new Date(date);
      return dateText(instant, how.locales, how.given, how.timed) ?? otherwise(date);
    };
  } });
  define(DateTimeFormat.prototype, 'resolvedOptions', function resolvedOptions() {
    const options = resolved.call(this);
    if (known.get(this)?.given.timeZone === undefined) options.timeZone = zone;
    return options;
  });
  define(Intl, 'DateTimeFormat', Format);

  // Amounts of money: the fewest decimals that were asked for, and renminbi by its whole sign in English.
  const numberText = Number.prototype.toLocaleString;
  define(Number.prototype, 'toLocaleString', { toLocaleString(locales, options) {
    const given = options ?? {};
    if (given.style !== 'currency') return numberText.call(this, locales, options);
    let how = given;
    const fewest = given.minimumFractionDigits;
    if (fewest !== undefined && given.maximumFractionDigits === undefined) {
      const needed = (String(Math.round(Math.abs(this) * 100) / 100).split('.')[1] ?? '').length;
      const digits = Math.max(fewest, needed);
      how = { ...given, minimumFractionDigits: digits, maximumFractionDigits: digits };
    }
    const text = numberText.call(this, locales, how);
    const isEnglish = locales === undefined || String(locales).startsWith('en');
    const whole = isEnglish && given.currency === 'CNY' && given.currencyDisplay === undefined;
    return whole ? text.replace('¥', 'CN¥') : text;
  } }.toLocaleString);

  const lists = Intl.ListFormat.prototype.format;
  define(Intl.ListFormat.prototype, 'format', { format(list) {
    const { locale, type } = this.resolvedOptions();
    if (!locale.startsWith('zh') || type === 'unit') return lists.call(this, list);
    const items = [...list];
    const last = items.pop() ?? '';
    return items.length ? `${items.join('、')}${type === 'disjunction' ? '或' : '和'}${last}` : last;
  } }.format);

  const units = {
    year: ['年', '去年', '今年', '明年'], quarter: ['个季度', '上季度', '本季度', '下季度'],
    month: ['个月', '上个月', '本月', '下个月'], week: ['周', '上周', '本周', '下周'],
    day: ['天', '昨天', '今天', '明天'],
    hour: ['小时', , '这一时间 / 此时'], minute: ['分钟', , '此刻'], second: ['秒钟', , '现在'],
  };
  const relative = Intl.RelativeTimeFormat.prototype.format;
  define(Intl.RelativeTimeFormat.prototype, 'format', { format(value, unit) {
    const { locale, numeric } = this.resolvedOptions();
    const singular = String(unit);
    const called = units[singular.endsWith('s') ? singular.slice(0, -1) : singular];
    if (!locale.startsWith('zh') || !called) return relative.call(this, value, unit);
    if (numeric === 'auto' && called[value + 2] !== undefined && Math.abs(value) < 2) return called[value + 2];
    if (numeric === 'auto' && called[0] === '天' && Math.abs(value) === 2) return value < 0 ? '前天' : '后天';
    const before = value < 0 || Object.is(value, -0);
    return `${Math.abs(value).toLocaleString('zh-CN')}${called[0]}${before ? '前' : '后'}`;
  } }.format);

  function copy(value, seen) {
    if (typeof value === 'function' || typeof value === 'symbol') {
      throw new TypeError(`${String(value)} could not be cloned.`);
    }
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    const keep = made => (seen.set(value, made), made);
    switch (kind) {
      case 'Date': return keep(new Date(value.getTime()));
      case 'RegExp': return keep(new RegExp(value.source, value.flags));
      case 'Boolean': case 'Number': case 'String': return keep(Object(value.valueOf()));
      case 'Map': {
        const made = keep(new Map());
        for (const [key, item] of value) made.set(copy(key, seen), copy(item, seen));
        return made;
      }
      case 'Set': {
        const made = keep(new Set());
        for (const item of value) made.add(copy(item, seen));
        return made;
      }
      case 'Error': {
        const kinds = { RangeError, ReferenceError, SyntaxError, TypeError, URIError, EvalError };
        const made = keep(new (kinds[value.name] ?? Error)(value.message));
        if ('cause' in value) made.cause = copy(value.cause, seen);
        return made;
      }
    }
    if (['WeakMap', 'WeakSet', 'WeakRef', 'Promise', 'Generator', 'AsyncGenerator'].includes(kind)) {
      throw new TypeError(`#<${kind}> could not be cloned.`);
    }
    const made = keep(Array.isArray(value) ? new Array(value.length) : {});
    for (const key of Object.keys(value)) made[key] = copy(value[key], seen);
    return made;
  }
  define(globalThis, 'structuredClone', function structuredClone(value) { return copy(value, new Map()); });

  const nothing = () => undefined;
  define(globalThis, 'console', {
    log: nothing, info: nothing, warn: nothing, error: nothing, debug: nothing, trace: nothing,
  });
})
